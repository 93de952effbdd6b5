import type { ServicePlan } from '../../../plan/plan.ts';

const DEFAULT_PERIOD_MS = 10_000;
const LONGEST_MS = 60_000;

/**
 * How long a run is left alone after so many looks in a row that found it well. Probes fill the log of a server: where
 * its socket and its log are watched, fewer will do. A period of the user's own is kept to.
 */
export function pauseAfter(calmLooks: number, { health: { periodMs } }: Pick<ServicePlan, 'health'>): number {
  if (periodMs !== DEFAULT_PERIOD_MS) return periodMs;
  return Math.min(periodMs * 2 ** Math.min(calmLooks, 3), LONGEST_MS);
}
