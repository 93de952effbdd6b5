import type { ConflictPolicy } from '../../plan/plan.ts';

/** What the user asked for. */
export type Wanted = 'up' | 'down';

/** What is the case. */
export type ServiceState = 'down' | 'starting' | 'ready' | 'unhealthy' | 'stopping' | 'backing-off' | 'failed';

/** How a process ended. Both `null`: it ended while nobody of ours was its parent. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One process that has a port, as far as the system lets us see it. */
export interface PortHolder {
  /** `null`: the system does not tell (another user's, another namespace's, bound but not listening). */
  readonly pid: number | null;
  readonly command: string | null;
  readonly user: string | null;
  readonly cwd: string | null;
  readonly relation: HolderRelation;
}

export type HolderRelation =
  | { readonly kind: 'own-run'; readonly service: string }
  | { readonly kind: 'own-leftover'; readonly service: string }
  | { readonly kind: 'sibling-service'; readonly service: string }
  | { readonly kind: 'other-checkout'; readonly root: string; readonly branch: string | null; readonly service: string }
  | { readonly kind: 'stranger' }
  /** Docker's or Podman's own process, which forwards the port to a container; `null`: it is not known to which. */
  | { readonly kind: 'container-engine'; readonly container: string | null }
  /** It does not listen: the port is the near end of its connection to somewhere else. */
  | { readonly kind: 'client' }
  /** No process: the system keeps the port for users with privileges. */
  | { readonly kind: 'privileged' }
  /** Another user's process, or one the system hides. */
  | { readonly kind: 'untouchable' };

/** Why a start, a run or a stop failed; the sentence is made in `cli/`. */
export type Failure =
  | { readonly reason: 'command-not-found'; readonly command: string; readonly path: string }
  | { readonly reason: 'spawn-failed'; readonly code: string; readonly message: string }
  | { readonly reason: 'cwd-missing'; readonly cwd: string }
  | {
      readonly reason: 'before-failed';
      readonly command: string;
      readonly exit: ExitStatus;
      readonly lastLines: readonly string[];
    }
  | { readonly reason: 'wait-for-timeout'; readonly resource: string; readonly timeoutMs: number }
  | { readonly reason: 'dependency-failed'; readonly dependency: string }
  | {
      readonly reason: 'exited';
      readonly exit: ExitStatus;
      readonly afterMs: number;
      readonly wasReady: boolean;
      readonly lastLines: readonly string[];
    }
  /** It ended while no supervisor lived to see it. */
  | { readonly reason: 'ended-unseen' }
  | {
      readonly reason: 'start-timeout';
      readonly timeoutMs: number;
      readonly seen: SeenWhileStarting;
      readonly lastLines: readonly string[];
    }
  | {
      readonly reason: 'port-conflict';
      readonly port: number;
      readonly policy: ConflictPolicy;
      readonly holders: readonly PortHolder[];
      readonly tried: readonly number[];
    }
  | { readonly reason: 'port-invalid'; readonly expression: string; readonly value: string; readonly source: string }
  | { readonly reason: 'port-stolen'; readonly port: number; readonly holders: readonly PortHolder[] }
  | {
      readonly reason: 'crash-loop';
      readonly crashes: number;
      readonly windowMs: number;
      readonly exit: ExitStatus;
      readonly lastLines: readonly string[];
    }
  | { readonly reason: 'unhealthy'; readonly failures: number; readonly seen: SeenWhileStarting }
  | { readonly reason: 'stop-incomplete'; readonly left: readonly LeftProcess[]; readonly port: number | null }
  | { readonly reason: 'state-unwritable'; readonly path: string; readonly code: string }
  /** A definition that its environment is made of cannot be had, such as `${KEY:?message}` of an unset `KEY`. */
  | { readonly reason: 'environment-invalid'; readonly variable: string; readonly message: string }
  /** Another service of the same start cannot be started, so none is. */
  | { readonly reason: 'blocked'; readonly by: string }
  /** Resident bytes of the whole tree. */
  | { readonly reason: 'memory-exceeded'; readonly bytes: number; readonly limitBytes: number }
  /** Critical response times in a row. */
  | { readonly reason: 'too-slow'; readonly responseMs: number; readonly times: number }
  | { readonly reason: 'cancelled' };

export interface LeftProcess {
  readonly pid: number;
  readonly command: string;
}

/** The last thing a readiness probe saw. */
export type SeenWhileStarting =
  | { readonly kind: 'nothing-listens' }
  | { readonly kind: 'no-answer'; readonly address: string }
  | { readonly kind: 'status'; readonly url: string; readonly status: number }
  | { readonly kind: 'error'; readonly message: string };

export type HealthVerdict = 'unknown' | 'healthy' | 'unhealthy';
export type ResponseGrade = 'excellent' | 'good' | 'warning' | 'critical';

export interface HealthReport {
  readonly verdict: HealthVerdict;
  /** ISO 8601; `null`: never. */
  readonly checkedAt: string | null;
  readonly responseMs: number | null;
  readonly grade: ResponseGrade | null;
  /** Failed probes in a row. */
  readonly failures: number;
}
