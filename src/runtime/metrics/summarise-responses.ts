import { percentile } from './percentile.ts';

/** The response times of a service's probes, in ms. */
export interface ResponseSummary {
  /** Probes that passed and were timed, and those that did not pass. */
  readonly count: number;
  readonly failures: number;
  /** `null`: there were none; so with what follows. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export function summariseResponses(responses: readonly number[], failures: number): ResponseSummary {
  const ascending = responses.toSorted((one, other) => one - other);
  const at = (percent: number) => percentile(ascending, percent);
  return { count: ascending.length, failures, p50: at(50), p95: at(95), p99: at(99) };
}
