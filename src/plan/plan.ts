import {
  amount,
  boolean,
  dictionaryOf,
  listOf,
  nullable,
  object,
  oneOf,
  type ShapeOf,
  text,
  variant,
} from '../base/shape.ts';
import { probeShape } from './probe-plan.ts';

/*
 * The waist of devgen: everything the runtime needs to know, complete and serialisable. Defaults are applied before;
 * below the plan nothing asks the config. Texts that may hold `$VAR` stay unexpanded here: they are expanded at each
 * start, when the shell's environment and the ports of all services are known.
 */

const port = variant('kind', {
  none: {},
  /** Any free port. */
  auto: {},
  wanted: {
    /** A decimal number, or a text with variables such as `${API_PORT:-8000}`. */
    expression: text,
    /** How many ports above the wanted one may be taken instead; 0: none. */
    fallbackSpan: amount,
  },
});

const container = {
  /** Relative to the service's `cwd`; empty: those that compose finds there by itself. */
  files: listOf(text),
  /** Its name in them. */
  service: text,
};

const runs = variant('kind', {
  /** The processes that its command starts. */
  process: {},
  /** A container of a compose file: the engine's, whose log a process of ours follows. */
  container,
});

const health = object({
  probe: probeShape,
  initialDelayMs: amount,
  periodMs: amount,
  /** Between two looks at a run that has long been well, where nothing else would go unnoticed. */
  calmPeriodMs: amount,
  timeoutMs: amount,
  successThreshold: amount,
  failureThreshold: amount,
  startTimeoutMs: amount,
  /** From here on a response time is graded `warning`. */
  slowMs: amount,
  /** From here on a response time is graded `critical`. */
  criticalMs: amount,
});

/** Failed probes, responses that are critical, its limit of memory, another process on its port. */
export const RESTART_CAUSES = ['unhealthy', 'slow', 'memory', 'port'] as const;

const restart = object({
  policy: oneOf('always', 'on-failure', 'never'),
  /** More crashes than this within `windowMs` are a crash loop: the service is given up. */
  maxRestarts: amount,
  windowMs: amount,
  backoff: object({ initialMs: amount, maxMs: amount }),
  /** What else restarts a service that lives; whether its end does, `policy` says. */
  on: listOf(oneOf(...RESTART_CAUSES)),
  /** Resident bytes of the whole tree; `null`: no limit. */
  maxMemoryBytes: nullable(amount),
});

const stop = object({ signal: oneOf('SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGKILL'), graceMs: amount });

/** What to do about a stranger on the wanted port. */
export const conflictPolicyShape = oneOf('fallback', 'kill', 'ask', 'fail');

const conflict = object({
  policy: conflictPolicyShape,
  /** What is ended for the port has this long, from SIGTERM to SIGKILL. */
  graceMs: amount,
});

export const servicePlanShape = object({
  name: text,
  /** What a person would type to run it in the foreground. */
  command: text,
  runs,
  /** Relative to the project root, `/` between the parts, `.` for the root. */
  cwd: text,
  /** What `NAME_HOST` and the URL name; `localhost` unless configured. */
  host: text,
  port,
  onConflict: conflict,
  health,
  restart,
  stop,
  /** Its priority on the processor, as nice(1) has it: 0 like all others, 19 behind all others. */
  nice: amount,
  /** Runs to its end before each start; `null`: no command does. */
  before: nullable(text),
  waitFor: listOf(text),
  dependsOn: listOf(text),
  /** Its own env files, later ones winning: relative to the project root, or absolute. */
  envFiles: listOf(text),
  /** What they hold; exported, unexpanded like what those of the root hold. Empty in what lies on a disk. */
  dotenv: dictionaryOf(text),
  /** The config's `env`, unexpanded. */
  env: dictionaryOf(text),
  /** Path or URL of its documentation; `null`: not said. */
  docs: nullable(text),
  /** Whether it is shown in the browser when it has been started on a terminal. */
  open: boolean,
});

const task = object({
  name: text,
  /** `null`: only its `deps` run. */
  run: nullable(text),
  description: text,
  cwd: text,
  deps: listOf(text),
  /** Services that must be ready while the task runs. */
  needs: listOf(text),
  /**
   * Globs relative to the task's cwd; when none of them changed since it last succeeded, the task is skipped. Empty: it
   * always runs.
   */
  inputs: listOf(text),
  /** Globs of what the task writes; when one of them matches nothing, it runs. */
  outputs: listOf(text),
  env: dictionaryOf(text),
});

/** One step between a clone and a start; paths are relative to the project root, `/` between the parts. */
const setupStep = variant('kind', {
  run: {
    name: text,
    run: text,
    cwd: text,
    /** Globs; when one of these files changed since the step last succeeded here, it runs again. */
    inputs: listOf(text),
    /** Globs; when one of them matches nothing, it runs. */
    outputs: listOf(text),
    env: dictionaryOf(text),
  },
  /** Never over a file that is there. */
  copy: { name: text, from: text, to: text },
});

const logs = object({
  maxBytes: amount,
  /** How many rotated files are kept beside the current one. */
  keepFiles: amount,
  /** Rotated files that are older are removed at the next start. */
  maxAgeMs: amount,
});

/** What is told when a service crashes, is given up or turns unhealthy. */
const hooks = object({
  /** Receives each alert as JSON by POST, both unexpanded; `null`: none is sent. */
  webhook: nullable(object({ url: text, headers: dictionaryOf(text) })),
  /** Runs for each alert, with it on stdin; `null`: none does. */
  command: nullable(text),
  /** Whether the desktop shows a notification. */
  desktop: boolean,
});

export const planShape = object({
  schemaVersion: oneOf(1),
  name: text,
  /** Prefix of the shell aliases: `bot` makes `bot-start`. */
  aliasPrefix: text,
  /** Relative to the project root. */
  configFile: text,
  /** Each service stands after everything it depends on. */
  services: listOf(servicePlanShape),
  tasks: listOf(task),
  /** What a fresh clone needs before a start, in this order. */
  setup: listOf(setupStep),
  /**
   * `.env` and `.env.local` of the project root, the latter winning: for ports and `$VAR` in the config, not exported.
   * Unexpanded, because what the shell sets wins over both and may be referred to in them. Empty on a disk.
   */
  dotenv: dictionaryOf(text),
  /** By service: tells whether the config says the same of it as before. */
  digests: dictionaryOf(text),
  logs,
  hooks,
  /** How long it may be without use before everything is stopped; `null`: for ever. */
  idleStopMs: nullable(amount),
  worktree: object({
    /** What a linked one gets from the main one; relative to the project root. */
    copy: listOf(text),
    /** In host names for browsers, unexpanded; `null`: its branch. */
    label: nullable(text),
  }),
  /** Whether each worktree of a repository has ports of its own, or what is free when it starts. */
  worktreePorts: oneOf('slots', 'fallback'),
});

export interface Plan extends ShapeOf<typeof planShape> {}
export interface ServicePlan extends ShapeOf<typeof servicePlanShape> {}
/** What a run of the service consists of. */
export type RunPlan = ShapeOf<typeof runs>;
export type ContainerPlan = Extract<RunPlan, { readonly kind: 'container' }>;
export type PortPlan = ShapeOf<typeof port>;
export interface ConflictPlan extends ShapeOf<typeof conflict> {}
export type ConflictPolicy = ShapeOf<typeof conflictPolicyShape>;
/** Readiness and liveness of one service. */
export interface HealthPlan extends ShapeOf<typeof health> {}
export type RestartCause = (typeof RESTART_CAUSES)[number];
export interface RestartPlan extends ShapeOf<typeof restart> {}
export type StopSignal = ServicePlan['stop']['signal'];
export interface TaskPlan extends ShapeOf<typeof task> {}
export type SetupStep = ShapeOf<typeof setupStep>;
export type RunStep = Extract<SetupStep, { readonly kind: 'run' }>;
export type CopyStep = Extract<SetupStep, { readonly kind: 'copy' }>;
export interface LogPlan extends ShapeOf<typeof logs> {}
export interface HookPlan extends ShapeOf<typeof hooks> {}
