import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { GenerateReport } from '../../src/generate/report.ts';
import { changesOf, createFixture, EVERYTHING, NAMES, TEMPLATES } from './project-fixture.ts';

test('an edited generated file is refused with the difference, and nothing at all is written', async () => {
  const project = createFixture();
  await project.generate();
  project.write('scripts/aliases.sh', `${project.read('scripts/aliases.sh')}alias b=bot-start\n`);
  const before = project.files();
  const report = await project.generate({ plan: { ...NAMES, aliasPrefix: 'zy' } });
  expect(report.outcome).toBe('refused');
  const refused = report.actions.find(({ kind }) => kind === 'refused');
  expect(refused).toMatchObject({ path: 'scripts/aliases.sh', reason: 'edited' });
  expect(refused).toHaveProperty('diff', expect.stringContaining('\n-alias b=bot-start\n'));
  expect(project.files()).toEqual(before);
});

test('a script of the user’s at a generated file’s place is refused as not ours', async () => {
  const project = createFixture({ dev: '#!/bin/sh\necho mine\n' });
  const report = await project.generate();
  expect(report.actions.filter(({ kind }) => kind === 'refused')).toMatchObject([{ path: 'dev', reason: 'not-ours' }]);
  expect(project.files()).toEqual({ dev: '#!/bin/sh\necho mine\n' });
});

test('a folder, a symbolic link and a linked folder in the way are refused', async () => {
  const project = createFixture();
  mkdirSync(join(project.root, 'dev'));
  mkdirSync(join(project.root, '../elsewhere'));
  symlinkSync('../elsewhere', join(project.root, 'scripts'));
  const report = await project.generate();
  expect(report.actions.filter(({ kind }) => kind === 'refused')).toEqual([
    { kind: 'refused', path: 'dev', reason: 'directory', diff: null },
    { kind: 'refused', path: 'scripts/aliases.sh', reason: 'parent-symlink', diff: null },
    { kind: 'refused', path: 'scripts/start-backend.sh', reason: 'parent-symlink', diff: null },
    { kind: 'refused', path: 'scripts/start-frontend.sh', reason: 'parent-symlink', diff: null },
  ]);
  expect(readdirSync(join(project.root, '../elsewhere'))).toEqual([]);
});

test.each([
  '../outside',
  '/etc/hosts',
  'src/app.js',
  '.devgen/backups/x',
  '.git/hooks/pre-commit',
  '.devgen/../src/a',
  'scripts/start-../../x.sh',
  'scripts/start-X.sh',
  'scripts/deploy.sh',
  'AGENTS.md',
  '.vscode/settings.json',
])('a manifest that names %s stops everything', async (path) => {
  const project = createFixture({ 'src/app.js': 'x\n' });
  await project.generate();
  project.write(
    '.devgen/manifest.json',
    project.read('.devgen/manifest.json').replace('"dev.cmd"', JSON.stringify(path)),
  );
  const before = project.files();
  const report = await project.generate();
  expect([report.outcome, report.diagnostics.map(({ code }) => code)]).toEqual(['refused', ['manifest/foreign-path']]);
  expect(project.files()).toEqual(before);
});

const SHARED = ['AGENTS.md', 'DEVELOPMENT.md', '.vscode/tasks.json', '.mcp.json', 'package.json', 'Makefile'];

test.each([...SHARED, 'scripts/start-backend.sh', '.devgen/completion/words'])(
  'a link or a folder at the place of %s is refused when it was asked for, and nothing is written',
  async (path) => {
    const project = createFixture({
      'package.json': '{"scripts":{}}',
      '.vscode/x': '',
      elsewhere: 'x\n',
    });
    rmSync(join(project.root, path), { force: true });
    mkdirSync(join(project.root, path, '..'), { recursive: true });
    const usersScripts = path === 'package.json' ? '{"scripts":{}}' : 'x\n';
    project.write('elsewhere', usersScripts);
    symlinkSync(join(project.root, 'elsewhere'), join(project.root, path));
    const linked = await project.generate({ emit: EVERYTHING });
    expect(refusalsOf(linked)).toEqual([`${path} symlink`]);
    expect(project.read('elsewhere')).toBe(usersScripts);
    if (path === 'package.json') return; // A folder there is a project without npm scripts.
    rmSync(join(project.root, path));
    mkdirSync(join(project.root, path));
    expect(refusalsOf(await project.generate({ emit: EVERYTHING }))).toEqual([`${path} directory`]);
  },
);

test.each(['Makefile', '.gitignore', '.gitattributes', '.prettierignore', 'package.json', 'AGENTS.md'])(
  '%s that is a link is left as it is, which is said, and everything else is written',
  async (path) => {
    const project = createFixture({ shared: path === 'package.json' ? '{"scripts":{}}' : 'mine\n' });
    const before = project.read('shared');
    symlinkSync('shared', join(project.root, path));
    const report = await project.generate();
    expect([report.outcome, report.notices]).toEqual(['written', [{ kind: 'left-out', path, reason: 'symlink' }]]);
    expect(project.read('shared')).toBe(before);
    expect((await project.generate()).outcome).toBe('up-to-date');
  },
);

test('a file with a part of ours that became a link is the user’s from then on', async () => {
  const project = createFixture();
  await project.generate();
  renameSync(join(project.root, '.gitignore'), join(project.root, 'ignored'));
  symlinkSync('ignored', join(project.root, '.gitignore'));
  const before = project.read('ignored');
  expect(changesOf(await project.generate())).toEqual(['released .gitignore', 'updated .devgen/manifest.json']);
  expect(project.read('ignored')).toBe(before);
});

test('documents and tasks that are links are left out unless they were asked for', async () => {
  const project = createFixture({ 'CLAUDE.md': '# Rules\n', '.vscode/x': '', 'docs/dev.md': '# Dev\n' });
  symlinkSync('CLAUDE.md', join(project.root, 'AGENTS.md'));
  symlinkSync('docs/dev.md', join(project.root, 'DEVELOPMENT.md'));
  symlinkSync('x', join(project.root, '.vscode/tasks.json'));
  const report = await project.generate();
  expect(report.outcome).toBe('written');
  expect([project.read('CLAUDE.md'), project.read('docs/dev.md'), project.read('.vscode/x')]).toEqual([
    '# Rules\n',
    '# Dev\n',
    '',
  ]);
});

test('a tasks.json that cannot be read is left alone, or refused when tasks were asked for', async () => {
  const project = createFixture({ '.vscode/tasks.json': '{ "tasks": [' });
  expect((await project.generate()).outcome).toBe('written');
  expect(project.read('.vscode/tasks.json')).toBe('{ "tasks": [');
  const report = await project.generate({ emit: EVERYTHING });
  expect(refusalsOf(report)).toEqual(['.vscode/tasks.json not-json']);
});

test('a Makefile in which our line would not be read as one is refused', async () => {
  const project = createFixture({ Makefile: 'all: ; @echo all\ndefine X\n' });
  expect(refusalsOf(await project.generate())).toEqual(['Makefile part-unsafe']);
});

test('an edited section, start script or task is refused', async () => {
  const project = createFixture({ 'package.json': '{"scripts":{}}' });
  await project.generate({ emit: EVERYTHING });
  const edits = [
    ['AGENTS.md', 'Never use', 'Always use'],
    ['DEVELOPMENT.md', '### Services', '### Our services'],
    ['scripts/start-backend.sh', 'exec', 'echo'],
    ['.vscode/tasks.json', '"./dev up"', '"./dev up -d"'],
    ['.mcp.json', '"node"', '"deno"'],
    ['package.json', 'front.cjs up"', 'front.cjs up --force"'],
    ['.devgen/completion/words', '. backend service', '. backend mine'],
  ] as const;
  for (const [path, from, to] of edits) project.write(path, project.read(path).replace(from, to));
  const report = await project.generate({ emit: EVERYTHING });
  expect(refusalsOf(report).sort()).toEqual(edits.map(([path]) => `${path} edited`).sort());
});

test('a manifest with the marks of a merge conflict is a diagnostic', async () => {
  const project = createFixture();
  await project.generate();
  project.write('.devgen/manifest.json', `<<<<<<< ours\n${project.read('.devgen/manifest.json')}`);
  expect((await project.generate()).diagnostics.map(({ code }) => code)).toEqual(['manifest/unreadable']);
});

test('files of a newer devgen are not taken back to an older one', async () => {
  const project = createFixture();
  await project.generate({ version: '1.10.0' });
  const report = await project.generate({ version: '1.9.3' });
  expect(report.diagnostics.map(({ message }) => message)).toEqual([
    'the files here were written by devgen 1.10.0, this is 1.9.3',
  ]);
});

test('an edited block is refused, a damaged one as well', async () => {
  const project = createFixture();
  await project.generate();
  const good = project.read('.gitignore');
  project.write('.gitignore', good.replace('/logs/', '/log/'));
  expect((await project.generate()).actions).toContainEqual(
    expect.objectContaining({ path: '.gitignore', reason: 'edited' }),
  );
  project.write('.gitignore', good.replace('# <<< devgen <<<', ''));
  expect((await project.generate()).actions).toContainEqual(
    expect.objectContaining({ path: '.gitignore', reason: 'part-damaged' }),
  );
});

test('a template that a shell does not accept is a diagnostic, and nothing is written', async () => {
  const project = createFixture();
  cpSync(TEMPLATES, join(project.root, '../templates'), { recursive: true });
  writeFileSync(join(project.root, '../templates/dev'), '#!/bin/sh\nif then\n');
  const report = await project.generate({ templates: join(project.root, '../templates') });
  expect([report.outcome, report.diagnostics.map(({ code }) => code)]).toEqual(['refused', ['generate/unsound']]);
  expect(report.diagnostics[0]?.message).toMatch(/^`sh` does not accept the generated `dev`: /);
  expect(project.files()).toEqual({});
});

function refusalsOf({ actions }: GenerateReport): string[] {
  return actions.flatMap((action) => (action.kind === 'refused' ? [`${action.path} ${action.reason}`] : []));
}
