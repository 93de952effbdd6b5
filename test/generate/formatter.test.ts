import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changesOf, createFixture, EVERYTHING, type Fixture } from './project-fixture.ts';

/** What formatters, editors and git do to files that they find. */
const TOUCHES: readonly (readonly [name: string, touch: (text: string) => string])[] = [
  ['git with carriage returns', (text) => text.replace(/\r?\n/g, '\r\n')],
  ['git with line feeds', (text) => text.replaceAll('\r\n', '\n')],
  ['an editor that adds blanks and newlines at the end', (text) => `${text.replace(/(?=\r?\n)/g, ' \t')}\n\n`],
  ['an editor that takes the last newline', (text) => text.trimEnd()],
];

/** Scripts that no shell could run with carriage returns are mended: that is no refusal. */
const MENDED = ['dev', 'scripts/start-backend.sh', 'scripts/start-frontend.sh'];

async function generated(): Promise<Fixture> {
  const project = createFixture({ 'package.json': '{\n  "scripts": {},\n  "prettier": {}\n}\n' });
  await project.generate({ emit: EVERYTHING });
  return project;
}

function touch(project: Fixture, path: string, change: (text: string) => string): void {
  const file = join(project.root, path);
  const { mode } = statSync(file);
  project.write(path, Buffer.from(change(project.read(path)), 'latin1'));
  chmodSync(file, mode & 0o777);
}

test.each(TOUCHES)('the touch of %s is an edit in no generated file', async (name, change) => {
  const project = await generated();
  const paths = Object.keys(project.files()).map((path) => path.replace(/ \*$/, ''));
  for (const path of paths) touch(project, path, change);
  const report = await project.generate({ emit: EVERYTHING });
  const mended = name === 'git with carriage returns' ? MENDED.map((path) => `updated ${path}`) : [];
  expect(changesOf(report)).toEqual(mended);
});

test('JSON that a formatter laid out anew is no edit, JSON that says something else is', async () => {
  const project = await generated();
  const flat = (text: string) => JSON.stringify(JSON.parse(text));
  const tabs = (text: string) => `${JSON.stringify(JSON.parse(text), null, '\t')}\n`;
  const paths = ['.devgen/schema.json', '.devgen/manifest.json', '.vscode/tasks.json', '.mcp.json', 'package.json'];
  for (const change of [flat, tabs]) {
    for (const path of paths) touch(project, path, change);
    expect((await project.generate({ emit: EVERYTHING })).outcome).toBe('up-to-date');
  }
  touch(project, '.devgen/schema.json', (text) => text.replace('devgen config', 'my config'));
  expect((await project.generate({ emit: EVERYTHING })).outcome).toBe('refused');
});

test('prettier is told to leave the vendored runtime alone, where it is used', async () => {
  const dependency = createFixture({ 'package.json': '{"devDependencies": {"prettier": "^3.0.0"}}' });
  await dependency.generate();
  expect(dependency.read('.prettierignore')).toBe('# >>> devgen >>>\n/.devgen/\n# <<< devgen <<<\n');
  const without = createFixture({ 'package.json': '{}' });
  await without.generate();
  expect(Object.keys(without.files())).not.toContain('.prettierignore');
});
