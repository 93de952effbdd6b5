import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepClaims } from './ports.ts';

/** One folder for all that a run of the tests writes; a worker that is ended cannot clean up after itself. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-run-'));
  process.env.TEST_RUN_FOLDER = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
    sweepClaims();
  };
}

/** Where a test may make folders of its own. */
export function runFolder(): string {
  return process.env.TEST_RUN_FOLDER ?? tmpdir();
}
