import { execFileSync } from 'node:child_process';
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
  [['src/**', '!src/*'], []],
  [
    ['**/*.{j,t}s', '!**/deep/**'],
    ['src/a.js', 'src/a.ts'],
  ],
  [['src/[z-a].ts', 'src/[', 'src/(', 'src/{a', '\\\\'], []],
])('%j means %j', (globs, files) => {
  const root = folder();
  const found = findFiles({ directory: root, globs, ignored: join(root, 'logs') });
  expect(found).toEqual([...files].sort());
});

it('what exists under a name as it is written is meant by it', () => {
  const root = temporaryFolder();
  const routes = [
    'pages/[user-id].js',
    'app/[id]/page.js',
    'app/(shop)/cart/page.js',
    'pages/u.js',
    'app/[...all]/page.js',
  ];
  for (const file of routes) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  const find = (...globs: readonly string[]) => findFiles({ directory: root, globs, ignored: '' });
  for (const file of routes) expect(find(file)).toEqual([file]);
  expect(find('app/[id]/*.js', 'app/(shop)')).toEqual(['app/(shop)/cart/page.js', 'app/[id]/page.js']);
  expect(find('pages/**', '!pages/[user-id].js')).toEqual(['pages/u.js']);
  expect(find('pages/[t-v].js')).toEqual(['pages/u.js']);
});

it('an absolute glob means the same files, in the folder and out of it', () => {
  const root = folder();
  const find = (directory: string, glob: string) => findFiles({ directory, globs: [glob], ignored: '' });
  expect(find(root, `${root}/src/*.ts`)).toEqual(['src/a.ts']);
  expect(find(join(root, 'src'), `${root}/README.md`)).toEqual(['../README.md']);
});

it('only regular files are meant, and links to them', () => {
  const root = folder();
  execFileSync('mkfifo', [join(root, 'src', 'pipe')]);
  symlinkSync('nowhere', join(root, 'src', 'broken'));
  symlinkSync('a.ts', join(root, 'src', 'link'));
  const find = (glob: string) => findFiles({ directory: root, globs: [glob], ignored: '' });
  expect(find('src/*')).not.toEqual(expect.arrayContaining([expect.stringMatching(/pipe|broken/)]));
  expect(find('src/link')).toEqual(['src/link']);
  expect([find('src/pipe'), find('src/broken')]).toEqual([[], []]);
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
  expect(allExist({ ...where, globs: ['src', '!src/deep'] })).toBe(true);
  expect(allExist({ ...where, globs: ['src/deep', '!src/**'] })).toBe(false);
});
