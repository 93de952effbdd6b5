import type { RestartPlan } from '../../../plan/plan.ts';
import type { ExitStatus, Failure, ServiceState, Wanted } from '../../state/lifecycle.ts';

/**
 * Where one service is in its life: what is wanted apart from what is the case.
 * Only the service's mailbox changes it, by `transition`.
 */
export interface Lifecycle {
  readonly wanted: Wanted;
  readonly state: ServiceState;
  /** The run whose processes may be alive; `null`: none. */
  readonly run: string | null;
  /** What follows once the running stop is done. */
  readonly next: 'rest' | 'launch' | 'back-off';
  /** Automatic restarts since the user last started it. */
  readonly restarts: number;
  /** Epoch ms of the crashes that still count, oldest first. */
  readonly crashTimes: readonly number[];
  readonly lastExit: ExitStatus | null;
  readonly failure: Failure | null;
}

export type LifecycleEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop'; readonly mode: StopMode }
  | { readonly type: 'restart' }
  | { readonly type: 'adopted'; readonly run: string; readonly isReady: boolean }
  /** An earlier supervisor had it, and nothing of it lives; `back-off`: it was to be started again. */
  | { readonly type: 'inherited'; readonly past: Past; readonly next: 'rest' | 'back-off' }
  | { readonly type: 'ready'; readonly run: string }
  /** The start timeout passed or liveness was lost, and the process lives on. */
  | { readonly type: 'unhealthy'; readonly run: string; readonly failure: Failure }
  /** The run lives but has to give way to another one, such as one that took too much memory. */
  | { readonly type: 'replace'; readonly run: string; readonly failure: Failure }
  /** The run must not go on: another server has its port, or nothing could be spawned. */
  | { readonly type: 'broken'; readonly run: string; readonly failure: Failure }
  /** Another server was faster on the run's port: the next launch takes another one. */
  | { readonly type: 'lost-race'; readonly run: string }
  /** The last process of the run has ended by itself. */
  | { readonly type: 'exited'; readonly run: string; readonly exit: ExitStatus; readonly failure: Failure }
  /** Nothing is left; `exit`: how the root ended, `null` when nobody saw it. */
  | { readonly type: 'stopped'; readonly run: string; readonly exit: ExitStatus | null }
  | { readonly type: 'stop-failed'; readonly run: string; readonly failure: Failure }
  | { readonly type: 'backed-off' };

/** What is known of a service from before this supervisor. */
export type Past = Pick<Lifecycle, 'wanted' | 'restarts' | 'lastExit'>;

export type StopMode = 'graceful' | 'kill';

export type LifecycleAction =
  | { readonly do: 'launch'; readonly run: string }
  | { readonly do: 'end'; readonly run: string; readonly mode: StopMode }
  | { readonly do: 'back-off'; readonly delayMs: number }
  | { readonly do: 'cancel-back-off' };

export interface TransitionResult {
  readonly lifecycle: Lifecycle;
  readonly actions: readonly LifecycleAction[];
}

/** What the table may know besides the event; `freshRun` is the id that a launch takes. */
export interface Circumstances {
  readonly nowMs: number;
  readonly freshRun: string;
  readonly restart: RestartPlan;
}

export const AT_REST: Lifecycle = {
  wanted: 'down',
  state: 'down',
  run: null,
  next: 'rest',
  restarts: 0,
  crashTimes: [],
  lastExit: null,
  failure: null,
};
