import type { HealthPlan } from '../../plan/plan.ts';
import type { ResponseGrade } from '../state/lifecycle.ts';

/** Up to here a wait is not noticed, unless the service is held to less. */
const EXCELLENT_BELOW_MS = 100;

/** How good a response time is by the service's own limits. */
export function gradeResponse(
  responseMs: number,
  { slowMs, criticalMs }: Pick<HealthPlan, 'slowMs' | 'criticalMs'>,
): ResponseGrade {
  if (responseMs >= criticalMs) return 'critical';
  if (responseMs >= slowMs) return 'warning';
  return responseMs < EXCELLENT_BELOW_MS ? 'excellent' : 'good';
}
