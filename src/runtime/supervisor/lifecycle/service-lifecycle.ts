import type { RestartPlan } from '../../../plan/plan.ts';
import type { ExitStatus, Failure, Wanted } from '../../state/lifecycle.ts';

/**
 * Where one service is in its life: its history apart from its position.
 * Only the service's mailbox changes it, by `transition`.
 */
export type Lifecycle = History & Position;

/** What holds whatever the state: what the user wants, and what happened so far. */
export interface History {
  readonly wanted: Wanted;
  /** Automatic restarts since the user last started it. */
  readonly restarts: number;
  /** When the crashes that still count happened, on the clock of `Circumstances.nowMs`, oldest first. */
  readonly crashTimes: readonly number[];
  readonly lastExit: ExitStatus | null;
}

/**
 * The actual state with what belongs to it. `run`: the run whose processes may be alive; `null`: none.
 * `failure`: what is wrong now; a service that is well has none.
 */
type Position =
  | { readonly state: 'down'; readonly run: null; readonly failure: null }
  | ({ readonly state: 'starting'; readonly run: string; readonly failure: null } & Races)
  | { readonly state: 'ready'; readonly run: string; readonly failure: null }
  | { readonly state: 'unhealthy'; readonly run: string; readonly failure: Failure }
  | ({ readonly state: 'stopping'; readonly run: string } & AfterStop)
  | { readonly state: 'backing-off'; readonly run: null; readonly failure: Failure }
  /** With a run: its stop failed, and something of it is left. */
  | { readonly state: 'failed'; readonly run: string | null; readonly failure: Failure };

/** What follows once a stop is done. */
export type AfterStop =
  | { readonly next: 'rest'; readonly failure: Failure | null }
  | ({ readonly next: 'launch'; readonly failure: null } & Races)
  | { readonly next: 'back-off'; readonly failure: Failure };

/** How often in a row another server took the port of a run that was starting. */
export interface Races {
  readonly lostRaces: number;
}

export type LifecycleEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop'; readonly mode: StopMode }
  | { readonly type: 'restart' }
  /** An earlier supervisor started it, and it lives, or something of it that cannot be ended. */
  | { readonly type: 'adopted'; readonly run: string; readonly past: Past; readonly as: Adopted }
  /** An earlier supervisor had it, and nothing of it lives; `back-off`: it was to be started again. */
  | {
      readonly type: 'inherited';
      readonly past: Past;
      readonly next: 'rest' | 'back-off';
      readonly failure: Failure;
    }
  | { readonly type: 'ready'; readonly run: string }
  /** The start timeout passed or liveness was lost, and the process lives on. */
  | { readonly type: 'unhealthy'; readonly run: string; readonly failure: Failure }
  /** It was ready and is not now, as is known for certain; whether that is worth a restart is not said yet. */
  | { readonly type: 'lapsed'; readonly run: string; readonly failure: Failure }
  /** The run lives but has to end, and give way to another one where the policy knows any: it took too much memory. */
  | { readonly type: 'replace'; readonly run: string; readonly failure: Failure }
  /** The run must not go on: nothing could be spawned, or what it needs failed. */
  | { readonly type: 'broken'; readonly run: string; readonly failure: Failure }
  /** Another server was faster on the run's port, and the run lives. */
  | { readonly type: 'lost-race'; readonly run: string; readonly failure: Failure }
  /** The last process of the run has ended by itself; `hasLostRace`: another server has its port. */
  | {
      readonly type: 'exited';
      readonly run: string;
      readonly exit: ExitStatus;
      readonly failure: Failure;
      readonly hasLostRace: boolean;
    }
  /** Nothing is left; `exit`: how the root ended, `null`: not known. */
  | { readonly type: 'stopped'; readonly run: string; readonly exit: ExitStatus | null }
  | { readonly type: 'stop-failed'; readonly run: string; readonly failure: Failure }
  | { readonly type: 'backed-off' };

/** What is known of a service from before this supervisor. */
export type Past = Pick<History, 'wanted' | 'restarts' | 'lastExit' | 'crashTimes'>;

/** The state in which a run is found; `failed`: its root is dead, and its stop has failed. */
export type Adopted =
  | { readonly state: 'starting' | 'ready' }
  | { readonly state: 'unhealthy' | 'failed'; readonly failure: Failure };

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

/** What the table may know besides the event. */
export interface Circumstances {
  /** Of a clock that only goes forward. */
  readonly nowMs: number;
  /** The id that a launch takes. */
  readonly freshRun: string;
  readonly restart: RestartPlan;
  /** Whether the service may have another port than the one it was given. */
  readonly hasOtherPort: boolean;
}

export const AT_REST: Lifecycle = {
  wanted: 'down',
  restarts: 0,
  crashTimes: [],
  lastExit: null,
  state: 'down',
  run: null,
  failure: null,
};
