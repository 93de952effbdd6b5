import type { HealthPlan } from '../../../plan/plan.ts';

/** What has just written of an error or a reload, and then lets a whole timeout pass, need not be given it again. */
const CONFIRMING_MS = 1000;

export interface TimedLook {
  /** `hinted`: output or socket have told that something may be wrong, and no command waits for the answer. */
  readonly reason: 'due' | 'hinted';
  /** Looks that failed in a row before it. */
  readonly failures: number;
}

/**
 * How long a look may take. What is healthy but slow has its whole timeout, and so has what is known to be unwell and
 * may be slow at first: only what has just failed one whole look is confirmed to be unwell with less patience.
 */
export function lookTimeout(
  { timeoutMs, failureThreshold }: Pick<HealthPlan, 'timeoutMs' | 'failureThreshold'>,
  { reason, failures }: TimedLook,
): number {
  const isDoubted = reason === 'hinted' && failures > 0 && failures < failureThreshold;
  return isDoubted ? Math.min(timeoutMs, CONFIRMING_MS) : timeoutMs;
}
