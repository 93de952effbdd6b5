import type { Plan } from '../../../plan/plan.ts';
import type { ProcessIdentity } from '../../../platform/process-identity.ts';
import type { LogNote } from '../../logs/log-level.ts';
import type { ExitStatus, Failure } from '../../state/lifecycle.ts';
import type { RuntimeEvent } from '../../state/runtime-event.ts';
import type { StopMode } from '../lifecycle/service-lifecycle.ts';

/**
 * What commands and the supervisor say to each other: HTTP over the checkout's socket, which only this user can open.
 * A request is one JSON document; the answer is NDJSON, events first, the report last. Its head comes at once, and a sign
 * of life every second: who answers nothing for long hangs.
 */
export interface StartRequest {
  readonly plan: Plan;
  /** Empty: all services of the plan. */
  readonly names: readonly string[];
  readonly mode: StartMode;
  /** Ports from the command line. */
  readonly ports: Readonly<Record<string, number>>;
  /** The user's answers where the policy is to ask. */
  readonly conflicts: Readonly<Record<string, 'fallback' | 'kill' | 'fail'>>;
  /** `null`: each service's own start timeout. */
  readonly timeoutMs: number | null;
  /** For a task: what this starts is stopped when no task needs it any more. */
  readonly isLoan: boolean;
  /** The service whose process the client starts on its own terminal; `null`: the supervisor starts all. */
  readonly terminal: { readonly service: string; readonly client: ProcessIdentity } | null;
  readonly shellEnvironment: Readonly<Record<string, string>>;
  /** Pids of the command and of everything it descends from: nothing is ended for a command that it came from. */
  readonly callers: readonly number[];
}

/** What a task needs while it runs: kept until it is given back, or its request is closed and its holder has ended. */
export interface Lease {
  readonly id: string;
  readonly holder: ProcessIdentity;
  readonly names: readonly string[];
  /** Those of them that were started for it. */
  readonly borrowed: readonly string[];
}

/** The process that a client has started for a run on its terminal. */
export interface RootRequest {
  readonly run: string;
  readonly root: ProcessIdentity;
}

/** How that process ended. */
export interface EndedRequest {
  readonly run: string;
  readonly exit: ExitStatus;
}

export interface ReleaseRequest {
  /** Whole: the supervisor that knew it may have ended. */
  readonly lease: Lease;
  readonly mode: StopMode;
}

/** `restart`: stop first what runs of the named; `force`: that, and the wanted ports are to be had. */
export type StartMode = 'normal' | 'restart' | 'force';

export interface StopRequest {
  /** Empty: all. */
  readonly names: readonly string[];
  readonly mode: StopMode;
}

export interface StartReport {
  readonly services: readonly StartedService[];
}

export interface StartedService {
  readonly service: string;
  /** `already-running`: also what somebody else was starting, and this start waited for. */
  readonly outcome: 'started' | 'already-running' | 'restarted' | 'failed';
  readonly pid: number | null;
  readonly port: number | null;
  readonly wantedPort: number | null;
  readonly url: string | null;
  readonly startupMs: number | null;
  readonly failure: Failure | null;
  /** Named by the user, not only a dependency. */
  readonly asked: boolean;
  /** It runs with an older config than the one that is there now. */
  readonly isOutdated?: boolean;
}

export interface StopReport {
  readonly services: readonly StoppedService[];
}

/** What became of every service of a lease, and of what else was stopped for being borrowed. */
export interface ReleaseReport extends StopReport {
  readonly left: readonly LeftService[];
}

/** A service that goes on: another task `needs` it, or somebody `wants` it for themselves. */
export interface LeftService {
  readonly service: string;
  readonly because: 'needed' | 'wanted';
}

export interface StoppedService {
  readonly service: string;
  readonly outcome: 'stopped' | 'was-not-running' | 'failed';
  readonly failure: Failure | null;
  readonly tookMs: number;
}

export type Reply<Report> =
  | { readonly type: 'alive' }
  | { readonly type: 'event'; readonly event: RuntimeEvent }
  /** Only for who asks for notes. */
  | { readonly type: 'note'; readonly note: LogNote }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'fault'; readonly message: string };

export const HEARTBEAT_MS = 1000;

/** Sent by a command that wants to hear the supervisor's notes, its decisions among them, while it waits. */
export const NOTES_HEADER = 'x-devgen-notes';

/** Sent with every request; a supervisor built from other code steps down, and its successor adopts the services. */
export const BUILD_HEADER = 'x-devgen-build';
