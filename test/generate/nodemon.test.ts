import { expect, test } from 'vitest';
import { changesOf, createFixture } from './project-fixture.ts';

const RUNS_NODEMON = '{ "scripts": { "dev": "nodemon server.js" } }\n';

test('where the root’s scripts run nodemon it is told to let logs/ be, and uninstalled when they do no more', async () => {
  const project = createFixture({ 'package.json': RUNS_NODEMON });

  await project.generate();
  expect(project.read('nodemon.json')).toBe('{ "ignore": ["logs/"] }\n');
  expect((await project.generate()).outcome).toBe('up-to-date');

  project.write('package.json', project.read('package.json').replace('nodemon', 'node'));
  expect(changesOf(await project.generate())).toContain('removed nodemon.json');
});

test.each([
  ['settings in a file of its own', { 'package.json': RUNS_NODEMON, 'nodemon.json': '{ "watch": ["src"] }\n' }],
  ['settings in package.json', { 'package.json': RUNS_NODEMON.replace('{', '{ "nodemonConfig": {},') }],
  ['no nodemon', { 'package.json': RUNS_NODEMON.replace('nodemon', 'node --watch') }],
])('with %s nothing is written for it', async (_, files: Readonly<Record<string, string>>) => {
  const project = createFixture(files);

  await project.generate();

  expect(project.files()['nodemon.json']).toBe(files['nodemon.json']);
});
