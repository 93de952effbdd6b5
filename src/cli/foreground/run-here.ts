import { join } from 'node:path';
import { serviceEnvironment } from '../../plan/environment.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { resolveCommand } from '../../plan/resolve-command.ts';
import { nicedCommand } from '../../platform/niced-command.ts';
import type { ProcessIdentity } from '../../platform/process-identity.ts';
import { type CommandOutcome, runCommand } from '../../platform/run-command.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import type { RunRecord } from '../../runtime/state/run-record.ts';

export interface Execution {
  readonly checkout: Checkout;
  readonly signal: AbortSignal;
  readonly onStart?: (identity: ProcessIdentity) => void;
}

/** Runs a service's command on this terminal as a member of a run that the supervisor keeps; aborted, it is ended. */
export function runHere(
  service: ServicePlan,
  record: RunRecord,
  { checkout, signal, onStart }: Execution,
): Promise<CommandOutcome> {
  const environment = serviceEnvironment({
    plan: checkout.plan,
    root: checkout.root,
    service,
    ports: new Map(Object.entries(record.givenPorts)),
    shellEnvironment: checkout.environment,
    runId: record.id,
  });
  const { command, ...call } = resolveCommand(service.command, environment);
  return runCommand({
    ...call,
    command: nicedCommand(command, service.nice),
    cwd: join(checkout.root, service.cwd),
    output: 'inherit',
    signal,
    ...(onStart && { onStart }),
  });
}
