import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runFolder } from './run-folder.ts';

/** An empty folder, by its real path, which is removed with everything in it when the test ends. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(runFolder(), 'test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
