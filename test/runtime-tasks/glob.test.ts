import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { allExist, findFiles } from '../../src/runtime/tasks/find-files.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const FILES = [
  'README.md',
  'src/a.js',
  'src/a.ts',
  'src/deep/b.ts',
  'src/deep/(odd) [name].ts',
  'src/node_modules/x/index.js',
  'node_modules/y/index.js',
  '.git/config',
  '.env',
  'logs/backend.log',
];

function folder(): string {
  const root = temporaryFolder();
  for (const file of FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), file);
  }
  return root;
}

it.each<[readonly string[], readonly string[]]>([
  [['README.md'], ['README.md']],
  [['./README.md'], ['README.md']],
  [['src/*.ts'], ['src/a.ts']],
  [['src/**/*.ts'], ['src/a.ts', 'src/deep/(odd) [name].ts', 'src/deep/b.ts']],
  [['**/b.ts'], ['src/deep/b.ts']],
  [['src/*.{js,ts}'], ['src/a.js', 'src/a.ts']],
  [['{src/deep,docs}/b.ts'], ['src/deep/b.ts']],
  [['src/?.[jx]s'], ['src/a.js']],
  [['src/?.[!j]s'], ['src/a.ts']],
  [['src/deep'], ['src/deep/(odd) [name].ts', 'src/deep/b.ts']],
  [['src/deep/'], ['src/deep/(odd) [name].ts', 'src/deep/b.ts']],
  [['s*/deep'], ['src/deep/(odd) [name].ts', 'src/deep/b.ts']],
  [
    ['src/**', '!src/deep/**'],
    ['src/a.js', 'src/a.ts'],
  ],
  [['src/**', '!**/*.js', '!src/deep'], ['src/a.ts']],
  [['*'], ['.env', 'README.md', ...FILES.filter((file) => /^src\/(?!node)/.test(file))]],
  [['node_modules/y/*'], ['node_modules/y/index.js']],
  [['src/node_modules/**'], ['src/node_modules/x/index.js']],
  [['logs/*.log'], ['logs/backend.log']],
  [['missing', 'missing/**', 'README.md/x'], []],
])('%j means %j', (globs, files) => {
  const root = folder();
  const found = findFiles({ directory: root, globs, ignored: join(root, 'logs') });
  expect(found).toEqual([...files].sort());
});

it('globs may lead out of the folder, and links to folders are only followed when they are named', () => {
  const root = folder();
  symlinkSync(root, join(root, 'src', 'loop'));
  const found = findFiles({ directory: join(root, 'src'), globs: ['../README.md', '**/*.js'], ignored: '' });
  expect(found).toEqual(['../README.md', 'a.js']);
  expect(findFiles({ directory: join(root, 'src'), globs: ['loop/*.md'], ignored: '' })).toEqual(['loop/README.md']);
});

it('outputs exist when each glob means a file', () => {
  const where = { directory: folder(), ignored: '' };
  expect(allExist({ ...where, globs: [] })).toBe(true);
  expect(allExist({ ...where, globs: ['src', 'README.md'] })).toBe(true);
  expect(allExist({ ...where, globs: ['src', 'dist'] })).toBe(false);
});
