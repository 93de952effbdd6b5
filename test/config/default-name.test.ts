import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultName } from '../../src/config/default-name.ts';
import { userEnvironment } from '../rig/environment.ts';
import { run } from '../rig/run.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

test.each([
  ['{ "name": "shop" }', 'shop'],
  ['\uFEFF{ "name": "@acme/shop" }', 'shop'],
  ['{ "author": { "name": "Ann" } }', undefined],
  ['{ "name": ', undefined],
  ['[]', undefined],
])('a package.json with %s calls the project %s', (text, name) => {
  expect(defaultName(folderWith({ 'package.json': text }))).toBe(name);
});

test('a clone and its worktrees are called like the repository that they came from, whatever their folders are called', async () => {
  const folder = temporaryFolder();
  const clone = join(folder, 'my-clone');
  mkdirSync(clone);
  const git = (...words: string[]) => run('git', words, { cwd: clone, environment: userEnvironment() });
  await git('init', '-q');
  expect(defaultName(clone)).toBeUndefined();
  await git('remote', 'add', 'fork', 'ssh://git@host/other/fork.git');
  await git('remote', 'add', 'origin', 'git@host:acme/shop.git');
  await git('-c', 'user.name=x', '-c', 'user.email=x@y', 'commit', '-q', '--allow-empty', '-m', 'x');
  await git('worktree', 'add', '-q', '../elsewhere');
  mkdirSync(join(clone, 'apps/web'), { recursive: true });
  const folders = [clone, join(folder, 'elsewhere'), join(clone, 'apps/web')];
  expect(folders.map(defaultName)).toEqual(['shop', 'shop', 'web']);
});
