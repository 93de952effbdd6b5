/** How far back something is shown. */
export type PeriodWord = '1h' | '24h' | '7d';

const HOUR_MS = 3_600_000;

export const PERIOD_MS: Readonly<Record<PeriodWord, number>> = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 168 * HOUR_MS,
};
