import { unreadableRecord } from '../../state/run-record-file.ts';
import { servicesWithRunRecord } from '../../state/services-with-run-record.ts';
import { notRunning } from '../control/not-running.ts';
import type { StoppedService, StopReport, StopRequest } from '../control/protocol.ts';
import type { Lifecycle } from '../lifecycle/service-lifecycle.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import type { Supervisor } from '../supervisor.ts';

/** Stops the named services (all when none is named), each after everything running that depends on it. */
export async function stopServices(supervisor: Supervisor, request: StopRequest): Promise<StopReport> {
  supervisor.noteStop(request.names);
  const chosen = supervisor.runners.filter(
    ({ service }) => request.names.length === 0 || request.names.includes(service.name),
  );
  const stops = new Map<ServiceRunner, Promise<StoppedService>>();
  const stopOnce = (runner: ServiceRunner): Promise<StoppedService> => {
    const running = stops.get(runner);
    if (running !== undefined) return running;
    const dependents = chosen.filter(({ service }) => service.dependsOn.includes(runner.service.name));
    const stop = afterAll(request, dependents.map(stopOnce)).then(() => stopOne(supervisor.root, runner, request));
    stops.set(runner, stop);
    return stop;
  };
  const stopped = await Promise.all(chosen.map(stopOnce));
  const asked = request.names.length === 0 ? servicesWithRunRecord(supervisor.root) : request.names;
  const unknown = asked.filter((name) => !stopped.some(({ service }) => service === name));
  return { services: [...stopped, ...unknown.map((name) => withoutRun(supervisor.root, name))] };
}

/** SIGKILL is for now: it does not wait for dependents. */
async function afterAll(request: StopRequest, dependents: readonly Promise<StoppedService>[]): Promise<void> {
  if (request.mode === 'graceful') await Promise.all(dependents);
}

/** There is nothing of it to stop, or nothing that may be. */
function withoutRun(root: string, service: string): StoppedService {
  const failure = unreadableRecord(root, service);
  return failure === null ? notRunning(service) : { service, outcome: 'failed', failure, tookMs: 0 };
}

async function stopOne(root: string, runner: ServiceRunner, { mode }: StopRequest): Promise<StoppedService> {
  const service = runner.service.name;
  const { state, run } = runner.lifecycle;
  if (state === 'down' || (state === 'failed' && run === null)) {
    runner.dispatch({ type: 'stop', mode });
    return withoutRun(root, service);
  }
  const startedMs = performance.now();
  runner.dispatch({ type: 'stop', mode });
  const end = await runner.until((lifecycle) => isOver(lifecycle, run));
  const tookMs = Math.round(performance.now() - startedMs);
  const hasFailed = end.state === 'failed' && end.run === run;
  return { service, outcome: hasFailed ? 'failed' : 'stopped', failure: hasFailed ? end.failure : null, tookMs };
}

/** A run that another request followed up with a new one is over too. */
function isOver({ state, run: current }: Lifecycle, run: string | null): boolean {
  return state === 'down' || state === 'failed' || (current !== run && state !== 'stopping');
}
