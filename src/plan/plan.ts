import type { ProbePlan } from './probe-plan.ts';

/**
 * The waist of devgen: everything the runtime needs to know, complete and serialisable. Defaults are applied before;
 * below the plan nothing asks the config. Texts that may hold `$VAR` stay unexpanded here: they are expanded at each
 * start, when the shell's environment and the ports of all services are known.
 */
export interface Plan {
  readonly schemaVersion: 1;
  readonly name: string;
  /** Prefix of the shell aliases: `bot` makes `bot-start`. */
  readonly aliasPrefix: string;
  /** Relative to the project root. */
  readonly configFile: string;
  /** Each service stands after everything it depends on. */
  readonly services: readonly ServicePlan[];
  readonly tasks: readonly TaskPlan[];
  /**
   * `.env` and `.env.local` of the project root, the latter winning: for ports and `$VAR` in the config, not exported.
   * Unexpanded, because what the shell sets wins over both and may be referred to in them.
   */
  readonly dotenv: Readonly<Record<string, string>>;
  readonly logs: LogPlan;
  readonly hooks: HookPlan;
}

/** Who is told when a service crashes, is given up or turns unhealthy. */
export interface HookPlan {
  /** Receives each alert as JSON by POST; `null`: none does. */
  readonly webhook: string | null;
  /** Whether the desktop shows a notification. */
  readonly desktop: boolean;
}

export interface LogPlan {
  readonly maxBytes: number;
  /** How many rotated files are kept beside the current one. */
  readonly keepFiles: number;
}

export interface ServicePlan {
  readonly name: string;
  readonly command: string;
  /** Relative to the project root, `/` between the parts, `.` for the root. */
  readonly cwd: string;
  /** What `NAME_HOST` and the URL name; `localhost` unless configured. */
  readonly host: string;
  readonly port: PortPlan;
  readonly onConflict: ConflictPlan;
  readonly health: HealthPlan;
  readonly restart: RestartPlan;
  readonly stop: StopPlan;
  /** Runs to its end before each start; `null`: nothing does. */
  readonly before: string | null;
  readonly waitFor: readonly string[];
  readonly dependsOn: readonly string[];
  /** The service's own `envFile`s, read and merged; exported, unexpanded like those of the root. */
  readonly dotenv: Readonly<Record<string, string>>;
  /** The config's `env`, unexpanded. */
  readonly env: Readonly<Record<string, string>>;
}

export type PortPlan =
  | { readonly kind: 'none' }
  /** Any free port. */
  | { readonly kind: 'auto' }
  | {
      readonly kind: 'wanted';
      /** A decimal number, or a text with variables such as `${API_PORT:-8000}`. */
      readonly expression: string;
      /** How many ports above the wanted one may be taken instead; 0: none. */
      readonly fallbackSpan: number;
    };

export interface ConflictPlan {
  readonly policy: ConflictPolicy;
  /** What is ended for the port has this long, from SIGTERM to SIGKILL. */
  readonly graceMs: number;
}

/** What to do about a stranger on the wanted port. */
export type ConflictPolicy = 'fallback' | 'kill' | 'ask' | 'fail';

/** Readiness and liveness of one service; times in ms. */
export interface HealthPlan {
  readonly probe: ProbePlan;
  readonly initialDelayMs: number;
  readonly periodMs: number;
  readonly timeoutMs: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  readonly startTimeoutMs: number;
  /** From here on a response time is graded `warning`. */
  readonly slowMs: number;
  /** From here on a response time is graded `critical`. */
  readonly criticalMs: number;
}

export interface RestartPlan {
  readonly policy: 'always' | 'on-failure' | 'never';
  /** More crashes than this within `windowMs` are a crash loop: the service is given up. */
  readonly maxRestarts: number;
  readonly windowMs: number;
  readonly backoff: { readonly initialMs: number; readonly maxMs: number };
  /** Whether failing its liveness probe restarts a service. */
  readonly onUnhealthy: boolean;
  /** Resident bytes of the whole tree; `null`: no limit. */
  readonly maxMemoryBytes: number | null;
}

export interface StopPlan {
  readonly signal: StopSignal;
  readonly graceMs: number;
}

export type StopSignal = 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGHUP' | 'SIGKILL';

export interface TaskPlan {
  readonly name: string;
  /** `null`: only its `deps` run. */
  readonly run: string | null;
  readonly description: string;
  readonly cwd: string;
  readonly deps: readonly string[];
  /** Services that must be ready while the task runs. */
  readonly needs: readonly string[];
  /**
   * Globs relative to the task's cwd; when none of them changed since it last succeeded, the task is skipped. Empty: it
   * always runs.
   */
  readonly inputs: readonly string[];
  /** Globs of what the task writes; when one of them matches nothing, it runs. */
  readonly outputs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}
