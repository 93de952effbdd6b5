import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newestChange } from '../../src/platform/newest-change.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test('the newest change is that of a source: not of packages, built files, logs, databases, or of the future', () => {
  const folder = temporaryFolder();
  const times: Readonly<Record<string, number>> = {
    'src/deep/main.js': 100,
    '.env': 90,
    'node_modules/a/index.js': 200,
    '.git/index': 200,
    'web/dist/app.js': 200,
    'logs/api.log': 200,
    'kept/notes.txt': 200,
    'db.sqlite3': 200,
    'src/later.js': Date.now() / 1000 + 3600,
  };
  for (const [path, seconds] of Object.entries(times)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
    utimesSync(join(folder, path), seconds, seconds);
  }
  const ignored = new Set([join(folder, 'kept')]);
  expect(newestChange(folder, ignored, 10_000)).toEqual({
    change: { at: 100_000, file: join(folder, 'src/deep/main.js') },
    search: 'whole',
  });
  expect(newestChange(folder, ignored, -1)).toEqual({ change: null, search: 'cut-off' });
  expect(newestChange(join(folder, 'gone'), ignored, 10_000)).toEqual({ change: null, search: 'whole' });
});
