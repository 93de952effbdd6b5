import type { HealthPlan } from '../../../plan/plan.ts';

/** How long a run is left alone after so many looks in a row that found it well, its socket and log being watched. */
export function pauseAfter(
  calmLooks: number,
  { periodMs, calmPeriodMs }: Pick<HealthPlan, 'periodMs' | 'calmPeriodMs'>,
): number {
  return Math.min(periodMs * 2 ** Math.min(calmLooks, 3), calmPeriodMs);
}
