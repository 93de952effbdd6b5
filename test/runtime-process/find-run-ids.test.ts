import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { findRunIds } from '../../src/runtime/process/find-run-ids.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { startRun } from './start-run.ts';

test('a run is found by its FIFO, and by its processes when the FIFO’s folder is gone', async () => {
  const { trace } = await startRun('sleep 600');
  const folder = dirname(trace.fifo);

  expect(findRunIds(folder)).toEqual([trace.id]);
  rmSync(folder, { recursive: true });
  expect(findRunIds(folder)).toEqual([trace.id]);
});

test('a folder without FIFOs, or none at all, tells of no run', () => {
  const folder = temporaryFolder();

  expect(findRunIds(folder)).toEqual([]);
  expect(findRunIds(`${folder}/missing/runs`)).toEqual([]);
});
