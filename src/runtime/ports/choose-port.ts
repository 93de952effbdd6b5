import { LAST_PORT } from '../../base/port-number.ts';
import { isUnsafePort } from '../../base/unsafe-ports.ts';
import type { PortRange } from '../../platform/port-binding.ts';

/** Where a service that takes any port gets one: the ports that people expect of a dev server. */
const AUTO_RANGE: PortRange = { from: 3000, to: 3999 };

export interface PortWish {
  /** `auto`: any between 3000 and 3999. */
  readonly wanted: number | 'auto';
  /** How many ports above the wanted one may be taken instead. */
  readonly fallbackSpan: number;
  /** What the service had to take the last time; taken again before another, so that bookmarks keep working. */
  readonly lastUsed: number | null;
  /** The kernel gives these to outgoing connections at any moment: never taken instead of the wanted one. */
  readonly ephemeral: PortRange;
  /** Others have a claim on it, though it may not be bound yet. */
  refuse(port: number): boolean;
  isFree(port: number): Promise<boolean>;
}

export interface PortChoice {
  /** `null`: none of the ports that may be taken is free. */
  readonly port: number | null;
  /** The ports passed over because somebody has or claims them, in the order in which they were looked at. */
  readonly tried: readonly number[];
}

/**
 * The wanted port when it is free, else the last one used, else the lowest free one of the span. The user's own wish is
 * never questioned; what is taken instead is never a port that browsers refuse or that the kernel hands out.
 */
export async function choosePort(wish: PortWish): Promise<PortChoice> {
  const tried: number[] = [];
  for (const port of candidates(wish)) {
    if (!wish.refuse(port) && (await wish.isFree(port))) return { port, tried };
    tried.push(port);
  }
  return { port: null, tried };
}

/** Every port that may be taken, best first, none twice. */
function candidates(wish: PortWish): ReadonlySet<number> {
  const span = spanOf(wish);
  const isFitting = (port: number): boolean => !isUnsafePort(port) && !isWithin(port, wish.ephemeral);
  const ports = new Set<number>();
  if (wish.wanted !== 'auto') ports.add(wish.wanted);
  if (wish.lastUsed !== null && isWithin(wish.lastUsed, span) && isFitting(wish.lastUsed)) ports.add(wish.lastUsed);
  for (let port = span.from; port <= span.to; port++) {
    if (isFitting(port)) ports.add(port);
  }
  return ports;
}

function spanOf({ wanted, fallbackSpan }: PortWish): PortRange {
  if (wanted === 'auto') return AUTO_RANGE;
  return { from: wanted + 1, to: Math.min(wanted + fallbackSpan, LAST_PORT) };
}

function isWithin(port: number, range: PortRange): boolean {
  return port >= range.from && port <= range.to;
}
