import { changedParts } from '../../../plan/changed-parts.ts';
import type { ServicePlan } from '../../../plan/plan.ts';
import { serviceFingerprint } from '../../../plan/service-fingerprint.ts';
import { withDependencies } from '../../../plan/with-dependencies.ts';
import { systemClock } from '../../../platform/clock.ts';
import type { ServiceState } from '../../state/lifecycle.ts';
import type { StartedService, StartReport, StartRequest } from '../control/protocol.ts';
import type { Lifecycle } from '../lifecycle/service-lifecycle.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import type { Supervisor } from '../supervisor.ts';
import { beginStart, type StartStep } from './begin-start.ts';
import { isAsked } from './is-asked.ts';

/**
 * Starts the named services and what they depend on, and resolves when each is ready or has failed.
 * Services that were told a port which is no longer true have been restarted by then.
 */
export async function startServices(supervisor: Supervisor, request: StartRequest): Promise<StartReport> {
  const services = withDependencies(request.plan, request.names);
  noteDemand(supervisor, request, services);
  const stops = new Map(services.map(({ name }) => [name, supervisor.stopsOf(name)]));
  const wasStopped = (name: string): boolean => supervisor.stopsOf(name) !== stops.get(name);
  const names = services.map(({ name }) => name);
  const steps = await supervisor.turns.run(names, () => beginStart(supervisor, request, { services, wasStopped }));
  const reports = services.map((service) => {
    const step = steps.get(service.name) ?? { kind: 'joined' };
    const runner = supervisor.runnerOf(service);
    return settled(runner, step, {
      asked: isAsked(request, service),
      fingerprint: serviceFingerprint(request.plan, service.name),
    });
  });
  const followers = noteFollowers(supervisor, names);
  const started = await Promise.all(reports);
  return { services: started, followers: await followers.settled() };
}

/** From now on; of those that follow a follower, too. */
function noteFollowers(supervisor: Supervisor, names: readonly string[]) {
  const about = new Set(names);
  const forget = supervisor.publisher.subscribe((event) => {
    if (event.kind === 'following' && about.has(event.dependency)) about.add(event.service);
  });
  const settleAll = async (): Promise<void> => {
    for (let known = 0; known < about.size; ) {
      known = about.size;
      await supervisor.following.settled([...about]);
    }
  };
  return {
    async settled(): Promise<readonly StartedService[]> {
      await settleAll().finally(forget);
      const runners = supervisor.runners.filter(({ service: { name } }) => about.has(name) && !names.includes(name));
      const step = { kind: 'restarted' } as const;
      return Promise.all(runners.map((runner) => settled(runner, step, { asked: false, fingerprint: undefined })));
    },
  };
}

/** What ran before is not on demand; what was may be asked for by a command now. */
function noteDemand(supervisor: Supervisor, { isOnDemand }: StartRequest, services: readonly ServicePlan[]): void {
  const isAtRest = (service: ServicePlan): boolean =>
    ['down', 'failed'].includes(supervisor.runnerOf(service).lifecycle.state);
  if (isOnDemand) supervisor.leases.addOnDemand(services.filter(isAtRest).map(({ name }) => name));
  else supervisor.leases.keep(services.map(({ name }) => name));
}

/** A reload takes less. */
const RELOAD_MS = 3500;
const ENDS_OF_A_START: readonly ServiceState[] = ['ready', 'unhealthy', 'failed', 'down'];

async function settled(
  runner: ServiceRunner,
  step: StartStep,
  { asked, fingerprint }: { readonly asked: boolean; readonly fingerprint: string | undefined },
): Promise<StartedService> {
  const none = { pid: null, port: null, wantedPort: null, url: null, startupMs: null, changed: [] };
  const service = runner.service.name;
  if (step.kind === 'refused') return { service, outcome: 'failed', ...none, failure: step.failure, asked };
  if (step.kind === 'joined') await runner.verify();
  const { state, failure } = await endOfStart(runner);
  if (state !== 'ready') {
    return { service, outcome: 'failed', ...none, failure: failure ?? { reason: 'cancelled' }, asked };
  }
  const { pid, port, wantedPort, url, startupMs } = runner.status();
  const outcome = step.kind === 'joined' ? 'already-running' : step.kind;
  const changed = changedParts(runner.record?.fingerprint ?? null, fingerprint);
  return { service, outcome, pid, port, wantedPort, url, startupMs, failure: null, asked, changed };
}

/** One that has closed its port a moment ago may only be reloading. */
async function endOfStart(runner: ServiceRunner): Promise<Lifecycle> {
  const end = await runner.until(({ state }) => ENDS_OF_A_START.includes(state));
  if (end.state !== 'unhealthy' || end.failure.reason !== 'not-listening') return end;
  const over = new AbortController();
  const back = runner.until(({ state }) => state !== 'unhealthy' && ENDS_OF_A_START.includes(state));
  await Promise.race([back, systemClock.delay(RELOAD_MS, over.signal)]);
  over.abort();
  return runner.lifecycle;
}
