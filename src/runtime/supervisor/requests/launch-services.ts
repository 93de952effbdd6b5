import type { ServicePlan } from '../../../plan/plan.ts';
import { serviceFingerprint } from '../../../plan/service-fingerprint.ts';
import type { WantedPorts } from '../../../plan/wanted-ports.ts';
import { rememberPort } from '../../state/last-ports-file.ts';
import type { StartRequest } from '../control/protocol.ts';
import type { Assigned } from '../ports/assign-ports.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';
import type { Supervisor } from '../supervisor.ts';
import type { StartStep } from './begin-start.ts';
import { gateOf } from './gate.ts';
import { launchOnTerminal } from './launch-on-terminal.ts';

export interface Launches {
  readonly services: readonly ServicePlan[];
  readonly wanted: WantedPorts;
  readonly ports: ReadonlyMap<string, Assigned>;
}

/** Every runner knows its port before the first one spawns, because services may refer to each other both ways. */
export function launchServices(
  supervisor: Supervisor,
  request: StartRequest,
  { services, wanted, ports }: Launches,
): ReadonlyMap<string, StartStep> {
  const steps = new Map<string, StartStep>();
  for (const service of services) {
    const assigned = ports.get(service.name);
    const wantedPort = wanted.get(service.name) ?? null;
    if (assigned === undefined) continue;
    const runner = supervisor.runnerOf(service);
    steps.set(service.name, { kind: runner.record === null ? 'started' : 'restarted' });
    for (const news of assigned.news) supervisor.publisher.announce(service.name, news);
    if (assigned.port !== null && assigned.port !== wantedPort) {
      rememberPort(supervisor.root, service.name, assigned.port);
    }
    runner.prepare(specOf(supervisor, request, { service, wanted, assigned }));
  }
  // Their earlier runs end first, each by itself, and the next launch of each follows what was prepared.
  for (const service of services) supervisor.runnerOf(service).dispatch({ type: 'restart' });
  return steps;
}

interface Launch {
  readonly service: ServicePlan;
  readonly wanted: WantedPorts;
  readonly assigned: Assigned;
}

function specOf(
  supervisor: Supervisor,
  request: StartRequest,
  { service: planned, wanted, assigned }: Launch,
): LaunchSpec {
  const { plan, shellEnvironment, timeoutMs } = request;
  const health = timeoutMs === null ? planned.health : { ...planned.health, startTimeoutMs: timeoutMs };
  const service = { ...planned, health };
  const wantedPort = wanted.get(service.name) ?? null;
  const spec = {
    plan,
    service,
    fingerprint: serviceFingerprint(plan, service.name) ?? '',
    shellEnvironment,
    client: null,
    port: { wanted: wantedPort === 'auto' ? null : wantedPort, assigned: assigned.port },
    wantedPorts: new Map([...wanted].flatMap(([name, port]) => (port === 'auto' ? [] : [[name, port]]))),
    gate: gateOf(supervisor, plan, { service, after: assigned.after }),
  };
  return launchOnTerminal(spec, request);
}
