import type { Plan, ServicePlan } from '../../../plan/plan.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { Supervisor } from '../supervisor.ts';
import { dependencyReady } from './dependency-ready.ts';

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
      const failure = await dependencyReady(runner, dependency, signal);
      if (failure !== null) return failure;
    }
    return null;
  };
}
