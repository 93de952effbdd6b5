import type { ServicePlan } from '../../../plan/plan.ts';
import { wantedPorts } from '../../../plan/wanted-ports.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { StartRequest } from '../control/protocol.ts';
import { assignPorts } from '../ports/assign-ports.ts';
import { ensureShift } from '../ports/ensure-shift.ts';
import type { Supervisor } from '../supervisor.ts';
import { launchServices } from './launch-services.ts';
import { ownCommands } from './own-commands.ts';
import { type Intent, intentOf, portRequestOf } from './start-intent.ts';
import { unreadableRuns } from './unreadable-runs.ts';

/** What a start request did about one service. */
export type StartStep =
  | { readonly kind: 'joined' | 'started' | 'restarted' }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** The services of one start, and whether one has been stopped since the start was asked for. */
export interface StartedServices {
  readonly services: readonly ServicePlan[];
  readonly wasStopped: (name: string) => boolean;
}

/**
 * Decides all ports of a start, then launches. All conflicts are known before anything is stopped or spawned: when one
 * cannot be solved, what runs goes on and nothing is started.
 */
export async function beginStart(
  supervisor: Supervisor,
  request: StartRequest,
  { services, wasStopped }: StartedServices,
): Promise<ReadonlyMap<string, StartStep>> {
  const wanted = wantedBy(request, services, await ensureShift({ root: supervisor.root, plan: request.plan }));
  if (!wanted.ok) return refused(blockedBy(services, new Map(wanted.error.map((each) => [each.service, each]))));
  const impossible = new Map([
    ...ownCommands(supervisor, services, request.callers),
    ...unreadableRuns(supervisor, services),
  ]);
  if (impossible.size > 0) return refused(blockedBy(services, impossible));
  const intents = new Map(
    services.map((service) => [service.name, intentOf(supervisor.runnerOf(service), service, request)]),
  );
  const steps = joinRunning(supervisor, services, intents);
  const launching = services.filter(({ name }) => intents.get(name)?.kind === 'launch');
  if (launching.length === 0) return steps;
  const requests = launching.map((service) =>
    portRequestOf(service, { request, wanted: wanted.value, intent: intents.get(service.name) }),
  );
  const outcome = await assignPorts(supervisor.ports, {
    ...{ plan: request.plan, services: launching, shellEnvironment: request.shellEnvironment },
    requests: { launching: requests, wanted: wanted.value },
    callers: request.callers,
    publisher: supervisor.publisher,
    run: null,
  });
  if (outcome.kind === 'refused') return new Map([...steps, ...refused(blockedBy(launching, outcome.failures))]);
  if (launching.some((service) => isLaunched(supervisor, request, { service, intent: intents.get(service.name) }))) {
    for (const { name } of launching) supervisor.ports.claims.withdraw(name);
    return beginStart(supervisor, request, { services, wasStopped });
  }
  const cancelled = launching.filter(({ name }) => wasStopped(name));
  for (const { name } of cancelled) supervisor.ports.claims.withdraw(name);
  const going = launching.filter((service) => !cancelled.includes(service));
  const launched = launchServices(supervisor, request, { services: going, wanted: wanted.value, ports: outcome.ports });
  const failures = new Map(cancelled.map(({ name }): [string, Failure] => [name, { reason: 'cancelled' }]));
  return new Map([...steps, ...launched, ...refused(failures)]);
}

interface Intended {
  readonly service: ServicePlan;
  readonly intent: Intent | undefined;
}

/**
 * Whether an earlier command has had it launched since it was found stopping: that run may go on, and the ports were
 * decided without it.
 */
function isLaunched(supervisor: Supervisor, request: StartRequest, { service, intent }: Intended): boolean {
  if (intent?.kind !== 'launch' || intent.because !== 'down') return false;
  return intentOf(supervisor.runnerOf(service), service, request).kind === 'join';
}

/** What the services want; a port of another one that is none is not their concern. */
function wantedBy(
  { plan, shellEnvironment, ports: overrides }: StartRequest,
  services: readonly ServicePlan[],
  shift: number,
): ReturnType<typeof wantedPorts> {
  const all = wantedPorts(plan, shellEnvironment, { overrides, shift });
  return all.ok ? all : wantedPorts({ ...plan, services }, shellEnvironment, { overrides, shift });
}

function joinRunning(
  supervisor: Supervisor,
  services: readonly ServicePlan[],
  intents: ReadonlyMap<string, Intent>,
): ReadonlyMap<string, StartStep> {
  const steps = new Map<string, StartStep>();
  for (const service of services) {
    const intent = intents.get(service.name);
    if (intent?.kind !== 'join') continue;
    supervisor.runnerOf(service).dispatch({ type: 'start' });
    steps.set(service.name, { kind: intent.as });
  }
  // What was damaged in `logs/` is whole again after a start, whether or not anything had to be started.
  if (steps.size > 0) supervisor.republish();
  return steps;
}

/** When one service cannot be started, none is: the others name the one that blocks them. */
function blockedBy(
  services: readonly ServicePlan[],
  failures: ReadonlyMap<string, Failure>,
): ReadonlyMap<string, Failure> {
  const [by = ''] = failures.keys();
  return new Map(services.map(({ name }) => [name, failures.get(name) ?? { reason: 'blocked', by }]));
}

function refused(failures: ReadonlyMap<string, Failure>): ReadonlyMap<string, StartStep> {
  return new Map([...failures].map(([name, failure]) => [name, { kind: 'refused', failure }]));
}
