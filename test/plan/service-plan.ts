import { compileService } from '../../src/plan/compile-service.ts';
import type { ServicePlan } from '../../src/plan/plan.ts';

/** A service that wants port 8000, with the config's defaults, changed as told. */
export function servicePlan(changes: Partial<ServicePlan> = {}): ServicePlan {
  const written = { command: 'node server.js', port: 8000 };
  return { ...compileService('backend', written, { root: {}, services: {} }), ...changes };
}
