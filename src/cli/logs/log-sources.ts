import type { ServicePlan } from '../../plan/plan.ts';
import type { LogSource } from '../../runtime/logs/log-segments.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

/** Where the services' output lies. */
export function logSources(root: string, services: readonly Pick<ServicePlan, 'name'>[]): readonly LogSource[] {
  const paths = pathsOf(root);
  return services.map(({ name }) => {
    return { service: name, log: paths.log(name), timeIndex: paths.timeIndex(name), times: 'noted' };
  });
}

/** Where the runtime says what it did. */
export function ownLogSource(root: string): LogSource {
  const { runtimeLog, timeIndex } = pathsOf(root);
  return { service: 'devgen', log: runtimeLog, timeIndex: timeIndex('devgen'), times: 'in-lines' };
}
