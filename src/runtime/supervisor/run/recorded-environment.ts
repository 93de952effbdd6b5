import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import { serviceEnvironment } from '../../../plan/environment.ts';
import type { Plan } from '../../../plan/plan.ts';
import type { RunRecord } from '../../state/run-record.ts';

export interface RecordedRun {
  readonly root: string;
  readonly record: RunRecord;
  readonly plan: Plan;
  readonly shellEnvironment: Readonly<Record<string, string>>;
}

/** The variables that the launch of a recorded run would make for it now; none that marks a process as part of it. */
export function recordedEnvironment({ root, record, plan, shellEnvironment }: RecordedRun): CommandEnvironment {
  const ports = new Map(Object.entries(record.givenPorts));
  return serviceEnvironment({ plan, root, service: record.plan, ports, shellEnvironment, runId: null });
}
