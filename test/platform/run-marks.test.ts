import { expect, test } from 'vitest';
import { runIdsOf, runTag, withoutRunTags } from '../../src/platform/run-marks.ts';

const ID = '0123456789abcdef0123456789abcdef';

test('a process that is no part of a run gets the variables of the run, but not its tag', () => {
  const given = { PATH: '/bin', [runTag(ID)]: '1', DEVGEN_RUN_MODE: 'mine' };

  expect(runIdsOf(Object.keys(given))).toEqual([ID]);
  expect(withoutRunTags(given)).toEqual({ PATH: '/bin', DEVGEN_RUN_MODE: 'mine' });
});
