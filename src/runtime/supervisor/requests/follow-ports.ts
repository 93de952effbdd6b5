import type { ServicePlan } from '../../../plan/plan.ts';
import { referencesTo } from '../../../plan/references-to.ts';
import type { ServiceState } from '../../state/lifecycle.ts';
import type { RuntimeEvent } from '../../state/runtime-event.ts';
import { assignPorts } from '../ports/assign-ports.ts';
import { relaunchPortRequest } from '../ports/port-request.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import { toldPort } from '../service/told-port.ts';
import type { Supervisor } from '../supervisor.ts';
import { gateOf } from './gate.ts';

/** After these a service may have another port than others were told. */
const NEWS_OF_A_PORT: ReadonlySet<RuntimeEvent['kind']> = new Set([
  'ready',
  'healthy',
  'wrong-port',
  'moved',
  'adopted',
]);
const RUNNING: readonly ServiceState[] = ['ready', 'unhealthy'];
const SETTLED: readonly ServiceState[] = ['ready', 'unhealthy', 'failed', 'down'];

/**
 * From now on running services that were told a port which is no longer true are restarted with the true one, whatever
 * made it change: those that depend on the service that moved, or that name it in their command or environment.
 */
export function followPorts(supervisor: Supervisor): void {
  supervisor.publisher.subscribe(({ kind, service }) => {
    if (!NEWS_OF_A_PORT.has(kind)) return;
    // The event is told while its service still is in the state before it.
    const restarts = Promise.resolve().then(() => restartFollowers(supervisor, service));
    supervisor.following.add(service, restarts.catch(supervisor.reportBug));
  });
}

async function restartFollowers(supervisor: Supervisor, name: string): Promise<void> {
  const moved = supervisor.runners.filter(({ service }) => service.name === name);
  // What was asked about while it was not running yet is asked about now.
  const followers = supervisor.runners.filter((runner) =>
    moved.includes(runner) ? outdatedPort(runner, supervisor.runners) : outdatedPort(runner, moved),
  );
  await Promise.all(followers.map((runner) => restartFollower(supervisor, runner)));
}

async function restartFollower(supervisor: Supervisor, runner: ServiceRunner): Promise<void> {
  await supervisor.turns.run([runner.service.name], () => relaunch(supervisor, runner));
  await runner.until(({ state }) => SETTLED.includes(state));
}

/** It alone is restarted: what it depends on and the user has stopped stays so. */
async function relaunch(supervisor: Supervisor, runner: ServiceRunner): Promise<void> {
  const { spec } = runner;
  const outdated = outdatedPort(runner, supervisor.runners);
  if (spec === null || outdated === undefined) return;
  const { plan, service, shellEnvironment } = spec;
  const { name } = service;
  supervisor.publisher.announce(name, { kind: 'following', ...outdated });
  const outcome = await assignPorts(supervisor.ports, {
    ...{ plan, services: [service], shellEnvironment },
    requests: { launching: [relaunchPortRequest(spec)], wanted: spec.wantedPorts },
    callers: [],
    publisher: supervisor.publisher,
    run: null,
  });
  const assigned = outcome.kind === 'assigned' ? outcome.ports.get(name) : undefined;
  if (assigned === undefined || !RUNNING.includes(runner.lifecycle.state)) {
    return supervisor.ports.claims.withdraw(name);
  }
  const dependsOn = spec.service.dependsOn.filter((dependency) => isWantedUp(supervisor, dependency));
  const gate = gateOf(supervisor, spec.plan, { service: { ...spec.service, dependsOn }, after: assigned.after });
  runner.prepare({ ...spec, port: { ...spec.port, assigned: assigned.port }, gate });
  runner.dispatch({ type: 'restart' });
}

function isWantedUp(supervisor: Supervisor, name: string): boolean {
  return supervisor.runners.some(({ service, lifecycle }) => service.name === name && lifecycle.wanted === 'up');
}

interface OutdatedPort {
  readonly dependency: string;
  readonly port: number;
}

/** The first of `others` whose port is not the one that the running service was told. */
function outdatedPort(
  { record, service, lifecycle }: ServiceRunner,
  others: readonly ServiceRunner[],
): OutdatedPort | undefined {
  if (record === null || !RUNNING.includes(lifecycle.state)) return undefined;
  for (const other of others) {
    const { name } = other.service;
    const told = record.givenPorts[name];
    const port = other.record === null ? null : toldPort(other);
    if (name === service.name || port === null || told === undefined || told === port) continue;
    if (service.dependsOn.includes(name) || names(service, name)) return { dependency: name, port };
  }
  return undefined;
}

function names(service: ServicePlan, other: string): boolean {
  const { env, isInCommand } = referencesTo(service, other);
  return env.length > 0 || isInCommand;
}
