import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { KeptRecord } from '../../src/runtime/supervisor/run/kept-record.ts';
import { LiveRun } from '../../src/runtime/supervisor/run/live-run.ts';
import { watchOutput } from '../../src/runtime/supervisor/run/watch-output.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { sampleRecord } from '../runtime-state/sample-state.ts';

const EARLIER = 'Error: of the run before\n';

/** How often a run is to be looked at for what it wrote until its log is first seen to grow. */
function hintsOf(written: string, readyAt: string | null = null): number {
  const root = temporaryFolder();
  const log = join(root, 'backend.log');
  writeFileSync(log, EARLIER + written);
  const live = new LiveRun({
    kept: new KeptRecord(root, sampleRecord({ log, logOffset: EARLIER.length, readyAt })),
    environment: { exported: {}, named: {} },
    rootExited: new Promise(() => undefined),
    ending: new AbortController(),
    ageMs: 0,
    clock: systemClock,
    changed: () => undefined,
  });
  let hints = 0;
  const schedule = (_: number, action: () => void) => {
    action();
    return { cancel: () => undefined };
  };
  const output = watchOutput(live, { clock: { ...systemClock, schedule } }, () => {
    hints += 1;
  });
  output.grewTo(EARLIER.length + written.length);
  return hints;
}

test('an error among the first lines that a run is seen to write is a reason to look at it', () => {
  expect(hintsOf('listening\nSyntaxError: invalid syntax\n')).toBe(1);
  expect(hintsOf('listening\n')).toBe(0);
});

test('what an adopted run wrote before it was adopted is none: it is looked at anyway', () => {
  expect(hintsOf('SyntaxError: invalid syntax\n', '2026-01-01T00:00:00.000Z')).toBe(0);
});
