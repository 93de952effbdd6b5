import type { Plan, ServicePlan } from '../../../plan/plan.ts';
import type { Failure, ServiceState } from '../../state/lifecycle.ts';
import type { Supervisor } from '../supervisor.ts';

const SETTLED: readonly ServiceState[] = ['ready', 'unhealthy', 'failed', 'down'];

export interface GatedLaunch {
  readonly service: ServicePlan;
  /** Services whose present run has the port that this one was assigned. */
  readonly after: readonly string[];
}

type Gate = (signal: AbortSignal) => Promise<Failure | null>;

/** What holds a launch back until its port is left and everything that the service depends on is ready. */
export function gateOf(supervisor: Supervisor, plan: Plan, { service, after }: GatedLaunch): Gate {
  const leaving = after.map((name) => portLeft(supervisor, name));
  const dependencies = service.dependsOn.map((name) => dependencyReady(supervisor, plan, { service, name }));
  return async (signal) => {
    for (const passed of [...leaving, ...dependencies]) {
      const failure = await Promise.race([passed(), aborted(signal)]);
      if (failure !== null) return failure;
    }
    return null;
  };
}

/** Ends with the run that is there now. */
function portLeft(supervisor: Supervisor, name: string): () => Promise<Failure | null> {
  const runner = supervisor.runners.find(({ service }) => service.name === name);
  const run = runner?.record?.id;
  return async () => {
    if (runner === undefined || run === undefined) return null;
    await runner.until(({ state }) => runner.record?.id !== run || state === 'failed');
    return runner.record?.id === run ? { reason: 'blocked', by: name } : null;
  };
}

function dependencyReady(
  supervisor: Supervisor,
  plan: Plan,
  { service, name }: { readonly service: ServicePlan; readonly name: string },
): () => Promise<Failure | null> {
  return async () => {
    const dependency = plan.services.find((candidate) => candidate.name === name);
    if (dependency === undefined) return null;
    const runner = supervisor.runnerOf(dependency);
    if (runner.lifecycle.state !== 'ready') {
      supervisor.publisher.announce(service.name, { kind: 'waiting', reason: 'dependency', what: name });
    }
    const { state } = await runner.until((lifecycle) => SETTLED.includes(lifecycle.state));
    return state === 'ready' ? null : { reason: 'dependency-failed', dependency: name };
  };
}

function aborted(signal: AbortSignal): Promise<Failure> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve({ reason: 'cancelled' });
    else signal.addEventListener('abort', () => resolve({ reason: 'cancelled' }), { once: true });
  });
}
