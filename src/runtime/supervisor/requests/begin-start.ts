import type { ServicePlan } from '../../../plan/plan.ts';
import { wantedPorts } from '../../../plan/wanted-ports.ts';
import { rememberPort } from '../../state/last-ports-file.ts';
import type { Failure, ServiceState } from '../../state/lifecycle.ts';
import type { StartRequest } from '../control/protocol.ts';
import { blockedBy, decideAllPorts, type PortDecisions, type WantedPorts } from '../ports/decide-all-ports.ts';
import { serviceFingerprint } from '../run/service-fingerprint.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import type { Supervisor } from '../supervisor.ts';
import { gateOf } from './gate.ts';
import { isAsked } from './is-asked.ts';
import { launchOnTerminal } from './launch-on-terminal.ts';

/** What a start request did about one service. */
export type Beginning =
  | { readonly kind: 'joined' | 'started' | 'restarted' }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** The services of one start, and whether somebody has stopped one since it was asked for. */
export interface Starters {
  readonly services: readonly ServicePlan[];
  readonly wasStopped: (name: string) => boolean;
}

const UP: readonly ServiceState[] = ['starting', 'ready', 'unhealthy'];

/**
 * Stops what must be restarted, decides all ports, then launches.
 * All conflicts are known before anything is spawned: when one cannot be solved, nothing is started.
 */
export async function beginStart(
  supervisor: Supervisor,
  order: StartRequest,
  { services, wasStopped }: Starters,
): Promise<ReadonlyMap<string, Beginning>> {
  const wanted = wantsOf(order, services);
  if (!wanted.ok) return refused(blockedBy(services, new Map(wanted.error.map((each) => [each.service, each]))));
  supervisor.ports.serve(order.callers);
  const hopeless = await hopelessPorts(supervisor, order, { services, wanted: wanted.value });
  if (hopeless.size > 0) return refused(blockedBy(services, hopeless));
  const pairs = services.map(
    async (service): Promise<[string, Beginning]> => [
      service.name,
      await makeWay(supervisor.runnerOf(service), service, order),
    ],
  );
  const beginnings = new Map(await Promise.all(pairs));
  // What somebody damaged in `logs/` is whole again after a start, whether or not anything had to be started.
  if ([...beginnings.values()].some(({ kind }) => kind === 'joined')) supervisor.republish();
  const launching = services.filter(({ name }) => ['started', 'restarted'].includes(beginnings.get(name)?.kind ?? ''));
  if (launching.length === 0) return beginnings;
  const decisions = await decideAllPorts(supervisor, order, { launching, wanted: wanted.value });
  if (!decisions.ok) return new Map([...beginnings, ...refused(decisions.error)]);
  const cancelled = launching.filter(({ name }) => wasStopped(name));
  for (const { name } of cancelled) supervisor.ports.release(name);
  const going = launching.filter((service) => !cancelled.includes(service));
  launchAll(supervisor, order, { launching: going, wanted: wanted.value, decisions: decisions.value });
  return new Map([...beginnings, ...refused(new Map(cancelled.map(({ name }) => [name, { reason: 'cancelled' }])))]);
}

/** What the services want; a port of another one that is none is not their concern. */
export function wantsOf(order: StartRequest, services: readonly ServicePlan[]): ReturnType<typeof wantedPorts> {
  const all = wantedPorts(order.plan, order.shellEnvironment, order.ports);
  return all.ok ? all : wantedPorts({ ...order.plan, services }, order.shellEnvironment, order.ports);
}

function refused(failures: ReadonlyMap<string, Failure>): ReadonlyMap<string, Beginning> {
  return new Map([...failures].map(([name, failure]) => [name, { kind: 'refused', failure }]));
}

/** With `--force` a wanted port that cannot be had is known before anything is stopped for it. */
async function hopelessPorts(
  supervisor: Supervisor,
  order: StartRequest,
  { services, wanted }: { readonly services: readonly ServicePlan[]; readonly wanted: WantedPorts },
): Promise<Map<string, Failure>> {
  const failures = new Map<string, Failure>();
  for (const service of services) {
    const port = wanted.get(service.name);
    if (order.mode !== 'force' || !isAsked(order, service) || typeof port !== 'number') continue;
    const holders = await supervisor.ports.holders(port, service.name);
    if (!holders.some(({ relation }) => relation.kind === 'untouchable')) continue;
    failures.set(service.name, { reason: 'port-conflict', port, holders, tried: [], policy: service.onConflict });
  }
  return failures;
}

/** What is to be done about a service; one that has to be restarted is stopped here, so that its port is free again. */
async function makeWay(runner: ServiceRunner, service: ServicePlan, order: StartRequest): Promise<Beginning> {
  await runner.until(({ state }) => state !== 'stopping');
  const isUp = UP.includes(runner.lifecycle.state);
  const isOutdated =
    runner.isAdopted && runner.record !== null && runner.record.fingerprint !== serviceFingerprint(service);
  const port = order.ports[service.name];
  const isElsewhere = port !== undefined && runner.record !== null && runner.record.port !== port;
  const mustRestart = isOutdated || isElsewhere || (order.mode !== 'normal' && isAsked(order, service));
  if (isUp && !mustRestart) {
    runner.dispatch({ type: 'start' });
    return { kind: 'joined' };
  }
  if (!isUp && runner.record === null) return { kind: 'started' };
  runner.dispatch({ type: 'stop', mode: 'graceful' });
  const { failure } = await runner.until(({ state }) => state === 'down' || state === 'failed');
  if (failure !== null && runner.record !== null) return { kind: 'refused', failure };
  return { kind: 'restarted' };
}

interface Launches {
  readonly launching: readonly ServicePlan[];
  readonly wanted: WantedPorts;
  readonly decisions: PortDecisions;
}

/** Every runner knows its port before the first one spawns: they may refer to each other both ways. */
function launchAll(supervisor: Supervisor, order: StartRequest, { launching, wanted, decisions }: Launches): void {
  const { plan, shellEnvironment, timeoutMs } = order;
  const expectedPorts = new Map([...wanted].flatMap(([name, port]) => (port === 'auto' ? [] : [[name, port]])));
  for (const planned of launching) {
    const decision = decisions.get(planned.name);
    if (decision === undefined) continue;
    const { ports, news } = decision;
    for (const item of news) supervisor.publisher.announce(planned.name, item);
    if (ports.port !== null && ports.port !== ports.wantedPort) rememberPort(supervisor.root, planned.name, ports.port);
    const health = timeoutMs === null ? planned.health : { ...planned.health, startTimeoutMs: timeoutMs };
    const service = { ...planned, health };
    const gate = gateOf(supervisor, plan, service);
    const spec = { plan, service, shellEnvironment, ports, expectedPorts, client: null, gate };
    supervisor.runnerOf(service).prepare(launchOnTerminal(spec, order));
  }
  for (const service of launching) supervisor.runnerOf(service).dispatch({ type: 'start' });
}
