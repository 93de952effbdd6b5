import { watchPath } from '../../platform/watch-path.ts';
import { LogCursor } from './log-cursor.ts';
import type { LogSource } from './log-segments.ts';
import type { LogLine } from './merge-logs.ts';

export interface Following {
  /** Where to begin in each log; services that are absent begin with their log's first byte. */
  readonly from: ReadonlyMap<string, number>;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  now(): number;
  onLine(line: LogLine): void;
}

/** Longer than a rotation takes between putting the old content aside and emptying the file. */
const ROTATION_MS = 50;

/**
 * Gives the lines that are added to several logs, as they come, until the signal is aborted; resolves then, after a
 * last look. A log that is rotated, emptied, deleted or not there yet is followed all the same. Unfinished lines wait
 * for their end.
 */
export async function followLogs(sources: readonly LogSource[], following: Following): Promise<void> {
  const ends = sources.map((source) => followOne(source, following));
  await new Promise<void>((resolve) => {
    if (following.signal.aborted) resolve();
    following.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const end of ends) end();
}

/** Returns what ends it. */
function followOne({ service, log }: LogSource, { from, now, onLine }: Following): () => void {
  const cursor = new LogCursor(log, from.get(service) ?? 0);
  const give = (lines: readonly string[]): void => {
    for (const text of lines) onLine({ service, text, at: now() });
  };
  let rotation: NodeJS.Timeout | undefined;
  let more: NodeJS.Immediate | undefined;

  const look = (): void => {
    if (rotation !== undefined) return;
    if (cursor.sawRotation()) {
      rotation = setTimeout(() => {
        rotation = undefined;
        give(cursor.finishRotated());
        look();
      }, ROTATION_MS);
      return;
    }
    const { lines, isAtEnd } = cursor.readOn();
    give(lines);
    clearImmediate(more);
    // A log that grows faster than it is read must not keep the others waiting.
    if (!isAtEnd) more = setImmediate(look);
  };

  const watch = watchPath(log, look);
  look();
  return () => {
    watch.close();
    clearTimeout(rotation);
    clearImmediate(more);
    if (rotation !== undefined || cursor.sawRotation()) give(cursor.finishRotated());
    give(cursor.readOn().lines);
  };
}
