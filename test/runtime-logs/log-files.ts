import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSource } from '../../src/runtime/logs/log-segments.ts';
import { type RotationOutcome, rotateIfLarge } from '../../src/runtime/logs/rotate.ts';
import { appendTimeIndex } from '../../src/runtime/logs/time-index.ts';

export function source(folder: string, service: string): LogSource {
  return { service, log: join(folder, `${service}.log`), timeIndex: join(folder, `${service}.times`), times: 'noted' };
}

/** Writes to a log as a service does, with a note of the time as the supervisor makes it. */
export function writeAt({ log, timeIndex }: LogSource, at: number, text: string): void {
  appendFileSync(log, text);
  appendTimeIndex(timeIndex, { size: sizeOf(log), at });
}

function sizeOf(path: string): number {
  return statSync(path).size;
}

/** Rotates the log however small it is. */
export function rotate({ log, timeIndex }: LogSource, keepFiles: number): RotationOutcome {
  return rotateIfLarge(log, { maxBytes: sizeOf(log) - 1, keepFiles, timeIndex });
}
