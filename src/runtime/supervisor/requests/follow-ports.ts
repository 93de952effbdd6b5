import type { ServicePlan } from '../../../plan/plan.ts';
import { referencesTo } from '../../../plan/references-to.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import type { Supervisor } from '../supervisor.ts';

/**
 * The running services that were told a port which is no longer true, and are to be restarted with the new one: those
 * that depend on the service that moved, or that name it in their command or environment.
 */
export function findFollowers(supervisor: Supervisor): readonly string[] {
  const names: string[] = [];
  for (const runner of supervisor.runners) {
    const moved = movedDependency(supervisor, runner);
    if (moved === undefined) continue;
    supervisor.publisher.announce(runner.service.name, { kind: 'following', dependency: moved.name, port: moved.port });
    names.push(runner.service.name);
  }
  return names;
}

function movedDependency(
  supervisor: Supervisor,
  runner: ServiceRunner,
): { readonly name: string; readonly port: number | null } | undefined {
  const { record, service } = runner;
  if (record === null || (runner.lifecycle.state !== 'ready' && runner.lifecycle.state !== 'unhealthy'))
    return undefined;
  for (const other of supervisor.runners) {
    const { name } = other.service;
    const given = record.givenPorts[name];
    const port = other.record?.port ?? null;
    if (other === runner || port === null || given === undefined || given === port) continue;
    if (service.dependsOn.includes(name) || names(service, name)) return { name, port };
  }
  return undefined;
}

function names(service: ServicePlan, other: string): boolean {
  const { env, isInCommand } = referencesTo(service, other);
  return env.length > 0 || isInCommand;
}
