import { isErrorLine } from '../../logs/error-lines.ts';
import { readLines } from '../../logs/read-lines.ts';
import type { LiveRun } from './live-run.ts';
import type { RunnerHost } from './runner-host.ts';

/** No more of what was written at once is looked at. */
const LARGEST_LOOK_BYTES = 16 * 1024;
/** A run that goes on and on about errors, and answers well, is not asked again each time. */
const LEAST_GAP_MS = 900;
const LONGEST_GAP_MS = 10_000;
/** What is written this soon after a probe may be about that probe. */
const ECHO_MS = 250;

const RELOADS = /\bre-?(?:load|start)(?:ed|ing)?\b/i;

export interface OutputWatch {
  /** The log has this size now, which may be the same; the lines that are new, if it is known where they begin. */
  grewTo(size: number): readonly string[];
  /** The run has just been probed. */
  probed(): void;
  close(): void;
}

/**
 * Calls `action` when a run that was well writes an error or that it reloads, and when one that was not writes anything
 * which is no echo of a probe.
 */
export function watchOutput(live: LiveRun, { clock }: Pick<RunnerHost, 'clock'>, action: () => void): OutputWatch {
  // All that a run wrote, lest the first that is seen, in the moment of its becoming ready, be an error. What of an
  // adopted one was looked at is not known, and it is probed at once.
  let seen: number | null = live.record.readyAt === null ? live.record.logOffset : null;
  let probedMs = Number.NEGATIVE_INFINITY;
  let hintMs = Number.NEGATIVE_INFINITY;
  let gapMs = LEAST_GAP_MS;
  let due: { cancel(): void } | null = null;

  const isHint = (lines: readonly string[]): boolean => {
    if (lines.some((line) => RELOADS.test(line))) return true;
    if (live.health.failures > 0) return clock.monotonicMs() - probedMs > ECHO_MS;
    return lines.some(isErrorLine);
  };
  const arm = (): void => {
    const sinceMs = clock.monotonicMs() - hintMs;
    gapMs = sinceMs > LONGEST_GAP_MS ? LEAST_GAP_MS : Math.min(gapMs * 2, LONGEST_GAP_MS);
    due = clock.schedule(Math.max(0, gapMs / 2 - sinceMs), () => {
      due = null;
      hintMs = clock.monotonicMs();
      action();
    });
  };
  return {
    grewTo(size) {
      const from = seen === null || size < seen ? size : Math.max(seen, size - LARGEST_LOOK_BYTES);
      seen = size;
      if (size === from) return [];
      const lines = Array.from(readLines(live.record.log, from, size), ({ text }) => text);
      if (due === null && isHint(lines)) arm();
      return lines;
    },
    probed() {
      probedMs = clock.monotonicMs();
    },
    close: () => due?.cancel(),
  };
}
