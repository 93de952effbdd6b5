import type { ServicePlan } from '../../plan/plan.ts';
import { listenersOn, nearEndsAt } from '../../platform/listeners.ts';
import { commandLineOf } from '../../platform/process-details.ts';
import { inspectPort } from '../../runtime/ports/inspect-port.ts';
import { isElsewhere } from '../../runtime/sentences/describe-holder.ts';
import { publishes } from '../../runtime/supervisor/ports/published-ports.ts';
import { type DoctorFacts, portNow, requestFor } from './doctor-facts.ts';
import { error, type Finding, info, warning } from './finding.ts';

/** Who has the ports that the services want. One after the other: looks at one port disturb each other. */
export async function checkPorts(facts: DoctorFacts): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const service of facts.services) {
    const port = facts.wanted.get(service.name) ?? null;
    if (port !== null) findings.push(...(await checkPort(port, service, facts)));
  }
  return findings;
}

async function checkPort(port: number, plan: ServicePlan, facts: DoctorFacts): Promise<readonly Finding[]> {
  const service = plan.name;
  const where = { service, port };
  const state = await inspectPort(port, { ...facts.own, service });
  if (state.kind === 'forbidden') return [error({ code: 'port-forbidden', port, service }, where)];
  const { lingering: connections, pids } = nearEndsAt(port);
  if (state.kind === 'free') {
    const actual = portNow(facts, service) ?? port;
    return [
      ...(connections === 0 ? [] : [info({ code: 'port-lingers', port, connections }, where)]),
      ...(actual === port ? [] : [info({ code: 'port-free-again', port, service, actual }, where)]),
    ];
  }
  const holders = state.holders.filter(({ relation }) => relation.kind !== 'own-run');
  if (holders.length === 0 && state.holders.length > 0) return [];
  if (await publishes(requestFor(plan, facts), port)) return [];
  const say = mustHave(plan) ? error : warning;
  if (listenersOn(port).length === 0) {
    const users = pids.map((pid) => ({ pid, command: commandLineOf(pid) ?? '' }));
    return [say({ code: 'port-bound', port, users }, where)];
  }
  if (!mustHave(plan) && isElsewhere(holders)) {
    return [info({ code: 'port-elsewhere', port, service, holders }, where)];
  }
  const failure = { reason: 'port-conflict', port, policy: plan.onConflict.policy, holders, tried: [] } as const;
  const pid = holders[0]?.pid ?? null;
  return [say({ code: 'failure', service, failure }, pid === null ? where : { ...where, pid })];
}

/** Whether a start fails for want of this very port. */
function mustHave({ port, onConflict }: ServicePlan): boolean {
  return onConflict.policy === 'fail' || (port.kind === 'wanted' && port.fallbackSpan === 0);
}
