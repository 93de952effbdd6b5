import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeOldLogs } from '../../src/runtime/logs/remove-old-logs.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test('rotated logs from before a time go with their times; the log itself stays, however old', () => {
  const folder = temporaryFolder();
  for (const [name, age] of [
    ['a.log', 9],
    ['a.log.1', 1],
    ['a.log.2', 5],
    ['a.times.2', 1],
    ['a.log.3', 6],
    ['b.log.2', 5],
  ] as const) {
    writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, name), 100 - age, 100 - age);
  }
  removeOldLogs({ log: join(folder, 'a.log'), timeIndex: join(folder, 'a.times'), keepFiles: 1 }, 98_000);
  expect(readdirSync(folder).sort()).toEqual(['a.log', 'a.log.1', 'b.log.2']);
});
