import { err, ok, type Result } from '../../../base/result.ts';
import { isWaitResource } from '../../../base/wait-resource.ts';
import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import { expandVariables } from '../../../plan/expand.ts';
import type { ServicePlan } from '../../../plan/plan.ts';
import { probeUrl } from '../../health/probe-url.ts';
import type { Failure } from '../../state/lifecycle.ts';

/**
 * What the service waits for, with the values of variables. What comes to be no address, there or in its health probe,
 * is a failure: it would not be another one later.
 */
export function writtenAddresses(
  { waitFor, health: { probe } }: Pick<ServicePlan, 'waitFor' | 'health'>,
  environment: CommandEnvironment,
): Result<readonly string[], Failure> {
  const { named, exported } = environment;
  if (probe.kind === 'http' && probeUrl(probe.target, 'http://localhost', { environment }) === null) {
    return err({ reason: 'address-invalid', key: 'health', written: probe.target });
  }
  const resources: string[] = [];
  for (const written of waitFor) {
    const expanded = expandVariables(written, (name) => named[name] ?? exported[name]);
    if (!expanded.ok || !isWaitResource(expanded.value)) {
      return err({ reason: 'address-invalid', key: 'waitFor', written });
    }
    resources.push(expanded.value);
  }
  return ok(resources);
}
