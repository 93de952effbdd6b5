import { rmSync } from 'node:fs';
import { statLog } from './open-log.ts';

/** More are never kept. */
const MOST_SEGMENTS = 100;

/** Removes the rotated files of a log that were last written before a time (epoch ms), each with its times. */
export function removeOldLogs(
  { log, timeIndex }: { readonly log: string; readonly timeIndex: string },
  before: number,
): void {
  for (let age = 1; age <= MOST_SEGMENTS; age++) {
    const status = statLog(`${log}.${age}`);
    if (status === undefined || status.mtimeMs >= before) continue;
    for (const path of [log, timeIndex]) rmSync(`${path}.${age}`, { force: true });
  }
}
