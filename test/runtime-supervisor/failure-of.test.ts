import { expect, test } from 'vitest';
import { failureOf } from '../../src/runtime/supervisor/run/bring-up.ts';

test('a full disk on the way to a run is told as such, and is no bug', () => {
  const bugs: unknown[] = [];
  const host = { root: '/project', reportBug: (cause: unknown) => void bugs.push(cause) };
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

  expect(failureOf(host, full)).toEqual({ reason: 'state-unwritable', path: '/project/logs', code: 'ENOSPC' });
  expect(bugs).toEqual([]);
  expect(failureOf(host, new TypeError('x'))).toMatchObject({ reason: 'spawn-failed', code: 'INTERNAL' });
  expect(bugs).toHaveLength(1);
});
