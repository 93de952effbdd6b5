import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { newestChange } from '../../src/platform/newest-change.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const withSources = (): readonly string[] => [];

test('the newest change is that of a source: not of packages, built files, logs, databases, or of the future', () => {
  const folder = temporaryFolder();
  const times: Readonly<Record<string, number>> = {
    'src/deep/main.js': 100,
    '.env': 90,
    'node_modules/a/index.js': 200,
    '.git/index': 200,
    'web/dist/app.js': 200,
    'web/build/app.js': 150,
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
  const search = { ignored: new Set([join(folder, 'kept')]), limitMs: 10_000, withSources };
  expect(newestChange(folder, search)).toMatchObject({
    change: { at: 100_000, file: join(folder, 'src/deep/main.js') },
    search: 'whole',
  });
  expect(newestChange(folder, { ...search, limitMs: -1 })).toEqual({ change: null, move: null, search: 'cut-off' });
  expect(newestChange(join(folder, 'gone'), search)).toEqual({ change: null, move: null, search: 'whole' });
  const asked: (readonly string[])[] = [];
  const all = (folders: readonly string[]): readonly string[] => {
    asked.push(folders);
    return folders;
  };
  expect(newestChange(folder, { ...search, withSources: all }).change).toMatchObject({ at: 150_000 });
  expect(asked, 'by its name it may be either').toEqual([[join(folder, 'web/build')]]);
});

test('what is taken away is a change of its folder, but not where a server keeps its database', () => {
  const folder = temporaryFolder();
  for (const path of ['src/old.js', 'src/main.js', 'data/app.db', 'data/app.db-journal']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  const search = { ignored: new Set<string>(), limitMs: 10_000, withSources };
  for (const path of ['src/old.js', 'data/app.db-journal']) rmSync(join(folder, path));
  for (const path of ['', 'src/main.js']) utimesSync(join(folder, path), 100, 100);
  expect(newestChange(folder, search)).toEqual({
    change: { at: 100_000, file: join(folder, 'src/main.js') },
    move: { at: statSync(join(folder, 'src')).mtimeMs, file: `${join(folder, 'src')}${sep}` },
    search: 'whole',
  });
});
