import type { HealthPlan } from '../../../plan/plan.ts';

/** Less would be short for a machine that is busy with the reload. */
const SHORTEST_MS = 1000;
/** How many times as long as usual an answer may take that is still one. */
const SLACK = 4;

export interface TimedLook {
  /** `hinted`: output or socket have told that something may be wrong, and no command waits for the answer. */
  readonly reason: 'due' | 'hinted';
  /** How long the last good answer took; `null`: none is known. */
  readonly usualMs: number | null;
}

/**
 * How long a look may take. What has just written of an error or a reload, and answers nothing for much longer than it
 * usually takes, is not well at this moment; what is slow as a rule has its whole timeout.
 */
export function lookTimeout({ timeoutMs }: Pick<HealthPlan, 'timeoutMs'>, { reason, usualMs }: TimedLook): number {
  if (reason === 'due' || usualMs === null) return timeoutMs;
  return Math.min(timeoutMs, Math.max(SHORTEST_MS, usualMs * SLACK));
}
