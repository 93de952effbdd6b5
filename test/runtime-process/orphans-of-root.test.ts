import { expect, test } from 'vitest';
import type { ProcessEntry } from '../../src/platform/process-table.ts';
import { orphansOfRoot } from '../../src/runtime/process/orphans-of-root.ts';

const root = { bootId: 'windows', pidNamespace: '', pid: 100, startTime: 1000 };

function orphans(rows: readonly (readonly [pid: number, parentPid: number, startTime: number])[], isHeld: boolean) {
  const table = rows.map(
    ([pid, parentPid, startTime]): ProcessEntry => ({
      ...{ pid, parentPid, startTime, groupId: 0, sessionId: 0, userId: -1, state: 'running', name: 'node.exe' },
    }),
  );
  return [...orphansOfRoot({ root, rootEndedMs: 5000 }, table, () => isHeld)];
}

test('the children of an ended root are those that began in its life', () => {
  const rows = [
    [200, 100, 999],
    [201, 100, 1000],
    [202, 100, 5000],
    [203, 100, 5001],
    [204, 90, 2000],
  ] as const;
  expect(orphans(rows, false)).toEqual([201, 202]);
});

test('while something holds the file of the run, later children are its own too', () => {
  expect(orphans([[203, 100, 5001]], true)).toEqual([203]);
});

test('as long as a process has the pid of the root, nothing is an orphan of it', () => {
  const rows = [
    [100, 4, 1000],
    [201, 100, 2000],
  ] as const;
  expect(orphans(rows, true)).toEqual([]);
});
