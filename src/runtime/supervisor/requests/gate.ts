import type { Plan, ServicePlan } from '../../../plan/plan.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { Supervisor } from '../supervisor.ts';
import { dependencyReady } from './dependency-ready.ts';

export interface GatedLaunch {
  readonly service: ServicePlan;
  /** Services whose present run has the port that this one was assigned. */
  readonly after: readonly string[];
}

type Gate = (signal: AbortSignal) => Promise<Failure | null>;

/** What holds a launch back until its port is left and everything that the service depends on is ready. */
export function gateOf(supervisor: Supervisor, plan: Plan, { service, after }: GatedLaunch): Gate {
  const leaving = after.map((name) => portLeft(supervisor, name));
  const dependencies = plan.services.filter(({ name }) => service.dependsOn.includes(name));
  return async (signal) => {
    for (const left of leaving) {
      const failure = await Promise.race([left(), aborted(signal)]);
      if (failure !== null) return failure;
    }
    for (const dependency of dependencies) {
      const runner = supervisor.runnerOf(dependency);
      if (runner.lifecycle.state !== 'ready') {
        supervisor.publisher.announce(service.name, { kind: 'waiting', reason: 'dependency', what: dependency.name });
      }
      const failure = await dependencyReady(runner, dependency, signal);
      if (failure !== null) return failure;
    }
    return null;
  };
}

/** Ends with the run that is there now, be it that nothing of it is spawned yet. */
function portLeft(supervisor: Supervisor, name: string): () => Promise<Failure | null> {
  const runner = supervisor.runners.find(({ service }) => service.name === name);
  const leaving = runner?.lifecycle.run ?? null;
  return async () => {
    if (runner === undefined || leaving === null) return null;
    const { run } = await runner.until(({ state, run }) => run !== leaving || state === 'failed');
    return run === leaving ? { reason: 'blocked', by: name } : null;
  };
}

function aborted(signal: AbortSignal): Promise<Failure> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve({ reason: 'cancelled' });
    else signal.addEventListener('abort', () => resolve({ reason: 'cancelled' }), { once: true });
  });
}
