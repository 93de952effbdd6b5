import { rmSync } from 'node:fs';
import { statLog } from './open-log.ts';

export interface RotatedLog {
  readonly log: string;
  readonly timeIndex: string;
  /** How many rotated files are kept now; there may be more from when it were more. */
  readonly keepFiles: number;
}

/** Removes the rotated files of a log that were last written before a time (epoch ms), each with its times. */
export function removeOldLogs({ log, timeIndex, keepFiles }: RotatedLog, before: number): void {
  for (let age = 1; ; age++) {
    const status = statLog(`${log}.${age}`);
    if (status === undefined && age > keepFiles) return;
    if (status === undefined || status.mtimeMs >= before) continue;
    for (const path of [log, timeIndex]) rmSync(`${path}.${age}`, { force: true });
  }
}
