/*
 * The module API's types. This file is what users get as `index.d.ts`: it imports nothing.
 */

/** Starts, stops and watches the services of one project, as `./dev` does, without a terminal. */
export interface Manager {
  /** The project's root, absolute. */
  readonly root: string;
  /** The names of the services that the config has now, each behind what it depends on. */
  services(): Promise<readonly string[]>;
  /**
   * Starts services (no names: all) with what they depend on; resolves when each is ready or has failed, which is told
   * in its outcome and no error. Setup steps are not run.
   */
  start(names?: readonly string[], options?: StartServicesOptions): Promise<readonly StartResult[]>;
  /** The same for services that run: stops and starts them. */
  restart(names?: readonly string[], options?: StartServicesOptions): Promise<readonly StartResult[]>;
  /** Ends services with everything they started; resolves when nothing of them is left, or tells what is. */
  stop(names?: readonly string[], options?: StopServicesOptions): Promise<readonly StopResult[]>;
  /** What runs, as the process and socket tables tell at this moment; needs no supervisor. */
  status(names?: readonly string[]): Promise<readonly ServiceReport[]>;
  /** Asks services now. */
  health(names?: readonly string[]): Promise<readonly ServiceHealth[]>;
  /** Resolves with whether all are ready and answer; `false` at the timeout, or as soon as one has failed for good. */
  wait(names?: readonly string[], options?: { readonly timeoutMs?: number }): Promise<boolean>;
  /** What services wrote, merged by time; with `follow` it goes on until the signal is aborted. */
  logs(names?: readonly string[], options?: LogOptions): AsyncIterable<WrittenLine>;
  /** What happens to services from now on, until the signal is aborted or nothing runs any more. */
  events(options?: { readonly signal?: AbortSignal }): AsyncIterable<ServiceEvent>;
}

export interface ManagerOptions {
  /** A folder of the project; left out: the current one. The config is looked for from there upwards. */
  readonly root?: string;
  /** What services get, and `$VAR` in the config stands for; left out: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface StartServicesOptions {
  /** `force`: the wanted port is taken back from its holder, and what runs is started anew. */
  readonly mode?: 'normal' | 'force';
  /** By service. */
  readonly ports?: Readonly<Record<string, number>>;
  /** For readiness; left out: each service's own. */
  readonly timeoutMs?: number;
  /** Gives the wait up; what was started goes on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ServiceEvent) => void;
}

export interface StopServicesOptions {
  /** `kill`: SIGKILL at once. */
  readonly mode?: 'graceful' | 'kill';
  readonly onEvent?: (event: ServiceEvent) => void;
}

export interface LogOptions {
  /** How many of the last lines; left out: 100, or all since `since`. */
  readonly lines?: number;
  readonly since?: Date;
  readonly follow?: 'until-aborted' | 'no';
  readonly signal?: AbortSignal;
}

export interface StartResult {
  readonly service: string;
  readonly outcome: 'started' | 'already-running' | 'restarted' | 'failed';
  readonly pid: number | null;
  readonly port: number | null;
  readonly url: string | null;
  readonly startupMs: number | null;
  /** Why it failed, in a sentence; `null`: it did not. */
  readonly reason: string | null;
}

export interface StopResult {
  readonly service: string;
  readonly outcome: 'stopped' | 'was-not-running' | 'failed';
  readonly tookMs: number;
  readonly reason: string | null;
}

export interface ServiceReport {
  readonly service: string;
  readonly state:
    | 'down'
    | 'starting'
    | 'ready'
    | 'unhealthy'
    | 'stopping'
    | 'backing-off'
    | 'failed'
    | 'crashed'
    | 'unknown';
  readonly pid: number | null;
  readonly port: number | null;
  /** Another than `port`: that one was taken. */
  readonly wantedPort: number | null;
  readonly url: string | null;
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly restarts: number;
}

export interface ServiceHealth {
  readonly service: string;
  readonly verdict: 'healthy' | 'unhealthy' | 'down' | 'unknown';
  readonly responseMs: number | null;
  readonly grade: 'excellent' | 'good' | 'warning' | 'critical' | null;
}

export interface WrittenLine {
  readonly service: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}

/** As a line of `logs/events.ndjson`; what else it has depends on `kind`. */
export interface ServiceEvent {
  readonly at: string;
  readonly service: string;
  readonly kind: string;
}

/** What is thrown for what the user can mend, and when the supervisor cannot be had. */
export interface ManagerError extends Error {
  /** Stable, such as `config/not-found` or `usage/unknown-service`. */
  readonly code: string;
}
