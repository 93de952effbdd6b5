import { expect, test } from 'vitest';
import { SEED } from '../faults/seeded.ts';
import { checkSchedules } from './check-schedules.ts';
import { FOUND } from './found-schedules.ts';
import { loadSupervisor } from './load-supervisor.ts';
import { runSchedule } from './run-schedule.ts';

const LIMIT_MS = 4000;

test.each(Object.entries(FOUND))('%s', async (_, found) => {
  const { faults, story } = await runSchedule(await loadSupervisor(), found, { isTraced: true });
  expect(faults, story.join('\n')).toEqual([]);
});

test('random schedules of commands, crashes, port thefts, clock jumps and deaths keep the invariants', async () => {
  const { broken, held } = await checkSchedules({ runs: Number.MAX_SAFE_INTEGER, limitMs: LIMIT_MS, seed: SEED });
  expect(broken).toBe(null);
  expect(held).toBeGreaterThan(0);
});
