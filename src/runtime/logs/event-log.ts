import { renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../../platform/error-code.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { appendToRegularFile } from '../../platform/regular-file.ts';
import type { MetricsSample } from '../state/metrics-sample.ts';
import type { RuntimeEvent } from '../state/runtime-event.ts';
import type { LogLevel } from './log-level.ts';

/** The runtime's own diary. Several processes may write it at once: each line is one write. */
export interface EventLog {
  /** Adds a line to `events.ndjson`. */
  record(event: RuntimeEvent): void;
  /** Adds a line to `metrics.ndjson`. */
  measure(sample: MetricsSample): void;
  /** Adds an entry to `devgen.log`; further lines of the message are indented. */
  note(level: LogLevel, message: string): void;
}

export interface EventLogOptions {
  /** Absolute paths. */
  readonly events: string;
  readonly metrics: string;
  readonly runtimeLog: string;
  /** A file that has reached this size becomes `FILE.1`, in place of the one before. */
  readonly maxBytes: number;
  /** Epoch ms. */
  now(): number;
}

/**
 * Makes files when there is something to write, for this user's eyes only. Never throws for what the disk does. What it
 * is given it writes as it is: the publisher has taken secrets and escapes out.
 */
export function openEventLog({ events, metrics, runtimeLog, maxBytes, now }: EventLogOptions): EventLog {
  return {
    record(event) {
      append(events, `${JSON.stringify(event)}\n`, maxBytes);
    },
    measure(sample) {
      append(metrics, `${JSON.stringify(sample)}\n`, maxBytes);
    },
    note(level, message) {
      const entry = message.trimEnd().replaceAll(/\r?\n/g, '\n  ');
      append(runtimeLog, `${new Date(now()).toISOString()} ${level.padEnd(5)} ${entry}\n`, maxBytes);
    },
  };
}

function append(path: string, text: string, maxBytes: number): void {
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= maxBytes) renameSync(path, `${path}.1`);
    makeFolder(dirname(path));
    appendToRegularFile(path, text);
  } catch (error) {
    // A full or read-only disk must not take the services' supervisor down; the status files report it to the user.
    if (errorCode(error) === undefined) throw error;
  }
}
