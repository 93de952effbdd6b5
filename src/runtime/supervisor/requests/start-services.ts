import type { ServicePlan } from '../../../plan/plan.ts';
import { withDependencies } from '../../../plan/with-dependencies.ts';
import type { ServiceState } from '../../state/lifecycle.ts';
import type { StartedService, StartReport, StartRequest } from '../control/protocol.ts';
import { serviceFingerprint } from '../run/service-fingerprint.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import type { Supervisor } from '../supervisor.ts';
import { type Beginning, beginStart } from './begin-start.ts';
import { clearOtherCheckouts } from './clear-other-checkouts.ts';
import { findFollowers } from './follow-ports.ts';
import { isAsked } from './is-asked.ts';

/**
 * Starts the named services and what they depend on, and resolves when each is ready or has failed.
 * Services that were told a port which is no longer true are restarted in the end.
 */
export async function startServices(supervisor: Supervisor, order: StartRequest): Promise<StartReport> {
  const services = withDependencies(order.plan, order.names);
  noteLoan(supervisor, order, services);
  const stops = new Map(services.map(({ name }) => [name, supervisor.stopsOf(name)]));
  const wasStopped = (name: string): boolean => supervisor.stopsOf(name) !== stops.get(name);
  await clearOtherCheckouts(supervisor, order, services);
  const beginnings = await supervisor.deciding.run(() => beginStart(supervisor, order, { services, wasStopped }));
  const reports = services.map((service) => {
    const beginning = beginnings.get(service.name) ?? { kind: 'joined' };
    const runner = supervisor.runnerOf(service);
    return settled(runner, beginning, { asked: isAsked(order, service), fingerprint: serviceFingerprint(service) });
  });
  const started = await Promise.all(reports);
  const followers = findFollowers(supervisor);
  if (followers.length > 0) {
    await startServices(supervisor, {
      ...order,
      names: followers,
      mode: 'restart',
      ports: {},
      timeoutMs: null,
      isLoan: true,
      terminal: null,
    });
  }
  return { services: started };
}

/** What ran before is not borrowed, but what was borrowed may become somebody's own. */
function noteLoan(supervisor: Supervisor, { isLoan }: StartRequest, services: readonly ServicePlan[]): void {
  const isAtRest = (service: ServicePlan): boolean =>
    ['down', 'failed'].includes(supervisor.runnerOf(service).lifecycle.state);
  if (isLoan) supervisor.leases.borrow(services.filter(isAtRest).map(({ name }) => name));
  else supervisor.leases.keep(services.map(({ name }) => name));
}

const ENDS_OF_A_START: readonly ServiceState[] = ['ready', 'unhealthy', 'failed', 'down'];

async function settled(
  runner: ServiceRunner,
  beginning: Beginning,
  { asked, fingerprint }: { readonly asked: boolean; readonly fingerprint: string },
): Promise<StartedService> {
  const none = { pid: null, port: null, wantedPort: null, url: null, startupMs: null };
  const service = runner.service.name;
  if (beginning.kind === 'refused') return { service, outcome: 'failed', ...none, failure: beginning.failure, asked };
  const { state, failure } = await runner.until((lifecycle) => ENDS_OF_A_START.includes(lifecycle.state));
  if (state !== 'ready') {
    return { service, outcome: 'failed', ...none, failure: failure ?? { reason: 'cancelled' }, asked };
  }
  const { pid, port, wantedPort, url, startupMs } = runner.status();
  const outcome = beginning.kind === 'joined' ? 'already-running' : beginning.kind;
  const isOutdated = runner.record !== null && runner.record.fingerprint !== fingerprint;
  return { service, outcome, pid, port, wantedPort, url, startupMs, failure: null, asked, isOutdated };
}
