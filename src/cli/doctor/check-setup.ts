import { taskEnvironment } from '../../plan/environment.ts';
import type { RunStep } from '../../plan/plan.ts';
import { staleReason } from '../../runtime/setup/run-setup.ts';
import { leftToDo } from '../setup/left-to-do.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { error, type Finding, warning } from './finding.ts';

/** What of the setup has not been done, and what no step can do. */
export function checkSetup({ checkout }: DoctorFacts): readonly Finding[] {
  const { root, plan, environment } = checkout;
  const request = { plan, root, ports: new Map(), shellEnvironment: environment };
  const pathOf = (task: RunStep) => taskEnvironment({ ...request, task }).exported.PATH;
  const left = leftToDo({ root, steps: plan.setup, pathOf });
  const stale = plan.setup.flatMap((step) => {
    const reason = staleReason({ root, when: 'stale' }, step);
    if (!reason.ok) return [error({ code: 'setup-failure', step, failure: reason.error })];
    return reason.value === null ? [] : [warning({ code: 'setup-stale', step, reason: reason.value })];
  });
  const findings = left.map((each) => (each.kind === 'get-tool' ? error : warning)({ code: 'left-to-do', left: each }));
  return [...findings, ...stale];
}
