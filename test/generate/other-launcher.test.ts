import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programIn } from '../../src/manifest/launcher.ts';
import { run } from '../rig/run.ts';
import { changesOf, createFixture, EVERYTHING, type Fixture } from './project-fixture.ts';

const NAMED = { emit: EVERYTHING, launcher: 'devctl' };

/** A repository with a folder `dev`, as some have it for what developers need. */
function withFolder(): Fixture {
  return createFixture({
    'dev/notes.md': 'ours\n',
    'package.json': '{ "scripts": { "build": "tsc" } }\n',
    '.vscode/settings.json': '{}\n',
  });
}

test('where `dev` is taken, everything generated calls the launcher by its other name', async () => {
  const project = withFolder();
  expect(await project.generate(NAMED)).toMatchObject({ outcome: 'written' });
  expect(project.read('dev/notes.md')).toBe('ours\n');
  const files = Object.entries(project.files()).filter(([path]) => path !== '.devgen/schema.json');
  const called = files.filter(([, text]) => /(?:\.|_root"?)[/\\]+dev(?:\.cmd)?["'`\s]/.test(text));
  expect(called.map(([path]) => path)).toEqual([]);
  for (const file of ['.devgen/devgen.mk', 'DEVELOPMENT.md', 'AGENTS.md', '.vscode/tasks.json', '.gitattributes']) {
    expect(project.read(file), file).toContain('/devctl');
  }
  expect(project.read('devctl.cmd')).toContain('echo devctl: this project needs Node.js');
  expect(programIn(project.root)).toBe('./devctl');
});

test('make targets, start scripts and aliases reach it', async () => {
  const project = withFolder();
  await project.generate(NAMED);
  const calls: readonly (readonly [string, ...string[]])[] = [
    ['make', '-s', 'status'],
    ['sh', 'scripts/start-backend.sh', '8001'],
    ['bash', '-c', 'source scripts/aliases.sh; bot-status'],
  ];
  const environment = { PATH: process.env.PATH ?? '', HOME: project.root };
  const said = calls.map(async ([tool, ...args]) => (await run(tool, args, { cwd: project.root, environment })).stdout);
  expect(await Promise.all(said)).toEqual(['status\n', 'up backend --port 8001\n', 'status\n']);
});

test('generate renames it when the config does, and an edited one stays as the user’s own', async () => {
  const project = createFixture();
  await project.generate();
  expect(programIn(project.root)).toBe('./dev');
  expect(changesOf(await project.generate({ launcher: 'devctl' }))).toEqual(
    expect.arrayContaining(['removed dev', 'removed dev.cmd', 'created devctl', 'created devctl.cmd']),
  );
  expect(existsSync(join(project.root, 'dev'))).toBe(false);
  expect(programIn(project.root)).toBe('./devctl');

  project.write('devctl', `${readFileSync(join(project.root, 'devctl'), 'utf8')}# mine\n`, 0o755);
  expect(changesOf(await project.generate())).toContain('released devctl');
  expect(programIn(project.root)).toBe('./dev');
});

test('a folder or file in the way of the launcher is refused with the way out', async () => {
  const project = createFixture();
  mkdirSync(join(project.root, 'devctl'));
  const { actions } = await project.generate({ launcher: 'devctl' });
  expect(actions).toContainEqual({ kind: 'refused', path: 'devctl', reason: 'directory', diff: null });
});

test('what calls itself a launcher by its name alone is none', () => {
  const project = createFixture({ 'mvnw.cmd': '@echo off\n', 'gone.cmd/x': '' });
  expect(programIn(project.root)).toBe('./dev');
  expect(programIn(join(project.root, 'nowhere'))).toBe('./dev');
});
