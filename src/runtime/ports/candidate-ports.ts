import { LAST_PORT } from '../../base/port-number.ts';
import { isUnsafePort } from '../../base/unsafe-ports.ts';
import type { PortRange } from '../../platform/port-binding.ts';
import type { PortFacts } from './port-facts.ts';

/** Where a service that takes any port gets one: the ports that people expect of a dev server. */
export const AUTO_RANGE: PortRange = { from: 3000, to: 3999 };

export interface CandidateQuery {
  readonly wanted: number | 'auto';
  /** How many ports above the wanted one may be taken instead; those that other checkouts have claimed do not count. */
  readonly fallbackSpan: number;
  /** Taken again before another, so that bookmarks keep working; `undefined`: none. */
  readonly lastPort: number | undefined;
}

/**
 * The ports that may be taken instead of the wanted one, best first, none twice: the last one, then upwards. Never a
 * port that browsers refuse or that the kernel hands out.
 */
export function candidatePorts(query: CandidateQuery, facts: PortFacts): readonly number[] {
  const span = spanOf(query, facts);
  const fits = (port: number): boolean => !isUnsafePort(port) && !isWithin(port, facts.ephemeral);
  const upwards = Array.from({ length: Math.max(0, span.to - span.from + 1) }, (_, index) => span.from + index);
  const { lastPort } = query;
  const last = lastPort !== undefined && isWithin(lastPort, span) ? [lastPort] : [];
  return [...new Set([...last, ...upwards])].filter(fits);
}

function spanOf({ wanted, fallbackSpan }: CandidateQuery, { claims }: PortFacts): PortRange {
  if (wanted === 'auto') return AUTO_RANGE;
  const elsewhere = new Set(claims.flatMap(({ port, by }) => (by.kind === 'other-checkout' ? [port] : [])));
  let to = wanted;
  for (let left = fallbackSpan; left > 0 && to < LAST_PORT; ) {
    to += 1;
    if (!elsewhere.has(to)) left -= 1;
  }
  return { from: wanted + 1, to };
}

function isWithin(port: number, range: PortRange): boolean {
  return port >= range.from && port <= range.to;
}
