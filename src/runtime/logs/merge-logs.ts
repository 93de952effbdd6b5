import { type LogSegment, type LogSource, segmentsOf } from './log-segments.ts';
import { readLines } from './read-lines.ts';
import { lineStart, tailStart } from './tail-start.ts';
import { readTimeIndex, type TimeIndex } from './time-index.ts';

export interface LogLine {
  readonly service: string;
  /** As it was written, colours included. */
  readonly text: string;
  /**
   * Epoch ms by which it was written: exact to 50 ms where a supervisor noted the times, else the file's last write.
   */
  readonly at: number;
}

export interface LogQuery {
  /** How many of the last lines, over all services; `null`: all. */
  readonly lines: number | null;
  /** Nothing written before; epoch ms. `null`: from the beginning. */
  readonly since: number | null;
  /** Which lines count; `null`: all. */
  readonly accepts: ((text: string) => boolean) | null;
  /**
   * How much of each current log counts, so that following can go on from there; services that are absent count whole.
   */
  readonly ends: ReadonlyMap<string, number>;
}

/** When lines are sought by what they say, this much of each log is looked through. */
const SEARCHED_BYTES = 32 * 1024 * 1024;

/** The lines of several logs in the order in which they were written, in bounded memory, rotated files included. */
export function* mergeLogs(sources: readonly LogSource[], query: LogQuery): Generator<LogLine, void> {
  if (query.lines === null) return yield* merge(sources, query);
  const last: LogLine[] = [];
  for (const line of merge(sources, query)) {
    last.push(line);
    if (last.length >= 2 * query.lines + 1024) last.splice(0, last.length - query.lines);
  }
  yield* query.lines === 0 ? [] : last.slice(-query.lines);
}

/** Where the last whole line of each log ends: from there on it can be followed, and no line is given in two parts. */
export function endsOf(sources: readonly LogSource[]): ReadonlyMap<string, number> {
  return new Map(
    sources.map((source) => {
      const newest = segmentsOf(source).at(-1);
      return [source.service, newest === undefined ? 0 : lineStart(newest.log, newest.size)];
    }),
  );
}

function* merge(sources: readonly LogSource[], query: LogQuery): Generator<LogLine, void> {
  const streams = sources.map((source) => readSource(source, query));
  try {
    const heads = streams.map((stream) => stream.next().value ?? undefined);
    for (;;) {
      const next = earliest(heads);
      const line = heads[next];
      if (line === undefined) return;
      yield line;
      heads[next] = streams[next]?.next().value ?? undefined;
    }
  } finally {
    for (const stream of streams) stream.return();
  }
}

function earliest(heads: readonly (LogLine | undefined)[]): number {
  let best = -1;
  for (const [index, head] of heads.entries()) {
    if (head !== undefined && head.at < (heads[best]?.at ?? Number.POSITIVE_INFINITY)) best = index;
  }
  return best;
}

/** One service's lines that can be among those asked for; times never go backwards. */
function* readSource(source: LogSource, query: LogQuery): Generator<LogLine, void> {
  let latest = 0;
  for (const { segment, index, from, until, before } of partsOf(source, query)) {
    for (const { text, start } of readLines(segment.log, from, until)) {
      const written = source.times === 'noted' ? (index.timeOf(start) ?? segment.writtenAt) : (timeIn(text) ?? latest);
      latest = Math.max(latest, Math.min(written, before));
      if (query.since !== null && latest < query.since) continue;
      if (query.accepts?.(text) === false) continue;
      yield { service: source.service, text, at: latest };
    }
  }
}

/** `undefined`: the line goes on with an entry that has begun. */
function timeIn(text: string): number | undefined {
  const [time] = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z/.exec(text) ?? [];
  return time === undefined ? undefined : Date.parse(time);
}

interface Part {
  readonly segment: LogSegment;
  readonly index: TimeIndex;
  /** When the next part begins: no line of this one is younger, whatever a clock that was set made of it. */
  readonly before: number;
  readonly from: number;
  readonly until: number;
}

/** What has to be read of each file, oldest first. */
function partsOf(source: LogSource, query: LogQuery): readonly Part[] {
  const parts: Part[] = [];
  let lines = query.lines ?? Number.POSITIVE_INFINITY;
  let before = Number.POSITIVE_INFINITY;
  let bytes = query.accepts === null ? Number.POSITIVE_INFINITY : SEARCHED_BYTES;
  for (const [age, segment] of [...segmentsOf(source)].reverse().entries()) {
    if (query.since !== null && Math.min(segment.writtenAt, before) < query.since) break;
    const index = readTimeIndex(segment.timeIndex);
    const until = age === 0 ? Math.min(segment.size, query.ends.get(source.service) ?? segment.size) : segment.size;
    const wanted = query.since === null ? 0 : Math.min(until, index.offsetAt(query.since));
    let from = lineStart(segment.log, Math.max(wanted, until - bytes));
    if (query.accepts === null && Number.isFinite(lines)) {
      const tail = tailStart(segment.log, lines, { from, until });
      from = tail.offset;
      lines -= tail.lines;
    }
    parts.unshift({ segment, index, before, from, until });
    before = Math.min(before, index.begunAt ?? Number.POSITIVE_INFINITY);
    bytes -= until - from;
    if (lines <= 0 || bytes <= 0) break;
  }
  return parts;
}
