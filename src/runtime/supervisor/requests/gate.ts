import type { Plan, ServicePlan } from '../../../plan/plan.ts';
import type { Failure, ServiceState } from '../../state/lifecycle.ts';
import type { Supervisor } from '../supervisor.ts';

const SETTLED: readonly ServiceState[] = ['ready', 'unhealthy', 'failed', 'down'];

/** What holds a launch back until everything that the service depends on is ready. */
export function gateOf(
  supervisor: Supervisor,
  plan: Plan,
  service: ServicePlan,
): (signal: AbortSignal) => Promise<Failure | null> {
  return async (signal) => {
    for (const name of service.dependsOn) {
      const dependency = plan.services.find((candidate) => candidate.name === name);
      if (dependency === undefined) continue;
      const runner = supervisor.runnerOf(dependency);
      if (runner.lifecycle.state !== 'ready') {
        supervisor.publisher.announce(service.name, { kind: 'waiting', reason: 'dependency', what: name });
      }
      const state = await Promise.race([
        runner.until((lifecycle) => SETTLED.includes(lifecycle.state)),
        aborted(signal),
      ]);
      if (state === 'aborted') return { reason: 'cancelled' };
      if (state.state !== 'ready') return { reason: 'dependency-failed', dependency: name };
    }
    return null;
  };
}

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
}
