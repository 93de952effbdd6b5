import { expect, test } from 'vitest';
import { readCursors, writeCursors } from '../../src/runtime/state/cursor-file.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test('what a caller was told of one service is nothing told of another, or to another caller', () => {
  const root = temporaryFolder();
  writeCursors(root, 'agent one', { web: 10 });
  writeCursors(root, 'agent two', { web: 20, api: 30 });
  const told = (caller: string) => ['web', 'api'].map(readCursors(root, caller));
  expect([told('agent one'), told('agent two'), told('agent')]).toEqual([
    [10, null],
    [20, 30],
    [null, null],
  ]);
  writeCursors(root, 'agent one', { web: 40 });
  expect([told('agent one'), told('agent two')]).toEqual([
    [40, null],
    [20, 30],
  ]);
});

test('of many callers those that were told last are kept', () => {
  const root = temporaryFolder();
  const services = Array.from({ length: 300 }, (_, index) => [`web-${index}`, index + 1] as const);
  writeCursors(root, 'me', Object.fromEntries(services));
  const cursors = readCursors(root, 'me');
  expect([cursors('web-0'), cursors('web-299')]).toEqual([null, 300]);
});
