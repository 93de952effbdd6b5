import type { EventDocument } from '../data/documents.ts';

/** A time in which a service was in one state; both ends as parts of the whole, from 0 to 1. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly tone: string;
}

/** What state an event leads to; others change none. */
const TONES: Readonly<Record<string, string>> = {
  starting: 'busy',
  adopted: 'busy',
  'on-terminal': 'busy',
  ready: 'good',
  healthy: 'good',
  unhealthy: 'bad',
  'alive-not-listening': 'bad',
  'backing-off': 'bad',
  failed: 'bad',
  stopping: 'busy',
  stopped: 'off',
};

interface Times {
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
}

/** The states of a service one after the other, without those in which it does not run. */
export function statesOver(
  events: readonly EventDocument[],
  service: string,
  { from, until }: Times,
): readonly Segment[] {
  const segments: Segment[] = [];
  let tone = 'off';
  let since = from;
  const partOf = (time: number): number => Math.min(1, Math.max(0, (time - from) / (until - from)));
  const end = (time: number): void => {
    const [start, stop] = [partOf(since), partOf(time)];
    if (tone !== 'off' && stop > start) segments.push({ start, end: stop, tone });
  };
  for (const event of events) {
    const next = event.service === service ? toneAfter(event) : undefined;
    if (next === undefined || next === tone) continue;
    const at = Date.parse(event.at);
    end(at);
    since = at;
    tone = next;
  }
  end(until);
  return segments;
}

/** A process that ended while it was not to ends the state that it was in. */
function toneAfter({ kind, says }: EventDocument): string | undefined {
  if (kind === 'exited') return says.tone === 'bad' ? 'bad' : 'off';
  return TONES[kind];
}
