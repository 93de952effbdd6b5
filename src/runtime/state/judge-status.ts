import type { ServiceState } from './lifecycle.ts';
import type { Present } from './present.ts';
import type { ServiceStatus } from './service-status.ts';

/**
 * `crashed`: it should be up, and its process is gone though its status does not say so.
 * `unknown`: its status cannot be read.
 */
export type JudgedState = ServiceState | 'crashed' | 'unknown';

/** A status after its claims were held against the process table. */
export interface JudgedStatus {
  readonly state: JudgedState;
  /** The root process, alive a moment ago; `null`: none is. */
  readonly pid: number | null;
  /** The port that it has now; `null`: it has none, or does not run. So with its URL. */
  readonly port: number | null;
  readonly url: string | null;
  /** Whether a supervisor watches over the service and keeps the rest of the status true. */
  readonly supervised: boolean;
  /** What of them lives and stands still (SIGSTOP): what was written may have been true only before. */
  readonly stopped: readonly ('service' | 'supervisor')[];
  /** As it was written, but for a port that is closed by now; which port it has now is not said there. */
  readonly status: Omit<ServiceStatus, 'port' | 'url'>;
}

/** What is the case, given what the status claims, which processes live, and which ports are open. */
export function judgeStatus(status: ServiceStatus, present: Present): JudgedStatus {
  const { port, sockets } = status;
  const service = status.identity === null ? 'gone' : present.lifeOfRoot(status.identity, status);
  const supervisor = status.supervisor === null ? 'gone' : present.lifeOfSupervisor(status.supervisor);
  const runs = service !== 'gone';
  const supervised = supervisor !== 'gone';
  const state = judgeState(status, { runs, supervised });
  const judged = {
    pid: runs ? status.pid : null,
    port: runs ? port : null,
    url: runs ? status.url : null,
    supervised,
    stopped: [
      ...(service === 'stopped' ? (['service'] as const) : []),
      ...(supervisor === 'stopped' ? (['supervisor'] as const) : []),
    ],
  };
  if (state !== 'ready') return { ...judged, state, status };
  if (service === 'stopped' && status.pid !== null && (port === null || present.servesAlone(status.pid, port))) {
    // What it was found to be when it was last asked is not so now; where a mere parent stands still, others may serve.
    const health = { ...status.health, verdict: 'unknown', responseMs: null, grade: null } as const;
    return { ...judged, state: 'unhealthy', status: { ...status, health } };
  }
  if (port === null || !present.isClosed({ port, sockets })) return { ...judged, state, status };
  const failure = { reason: 'not-listening', port, lastLines: [], remedy: null } as const;
  const health = { ...status.health, verdict: 'unhealthy', responseMs: null, grade: null } as const;
  return { ...judged, state: 'unhealthy', status: { ...status, failure, health } };
}

function judgeState(status: ServiceStatus, { runs, supervised }: { runs: boolean; supervised: boolean }): JudgedState {
  switch (status.state) {
    case 'down':
    case 'failed':
      return status.state;
    case 'backing-off':
      return supervised ? 'backing-off' : 'crashed';
    case 'starting':
    case 'stopping':
      if (runs) return status.state;
      // Before the spawn only a supervisor that lives can carry the start further.
      if (status.identity === null) return supervised ? status.state : 'down';
      return judgeGone(status);
    case 'ready':
    case 'unhealthy':
      return runs ? status.state : judgeGone(status);
  }
}

function judgeGone(status: ServiceStatus): JudgedState {
  return status.wanted === 'up' && status.state !== 'stopping' ? 'crashed' : 'down';
}
