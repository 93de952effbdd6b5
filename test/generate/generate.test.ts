import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hidesPath } from '../../src/generate/emit/hides-path.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { userEnvironment } from '../rig/environment.ts';
import { run } from '../rig/run.ts';
import { changesOf, createFixture, type Fixture, NAMES, NOTHING_MORE, service } from './project-fixture.ts';

const CREATED = [
  'created .devgen/.gitattributes',
  'created .devgen/.gitignore',
  'created .devgen/completion/dev.bash',
  'created .devgen/completion/dev.fish',
  'created .devgen/completion/dev.zsh',
  'created .devgen/completion/words',
  'created .devgen/devgen.mk',
  'created .devgen/output.schema.json',
  'created .devgen/runtime/front.cjs',
  'created .devgen/runtime/vendor/yaml.cjs',
  'created .devgen/schema.json',
  'created .gitattributes',
  'created .gitignore',
  'created .mcp.json',
  'created AGENTS.md',
  'created DEVELOPMENT.md',
  'created Makefile',
  'created dev',
  'created dev.cmd',
  'created scripts/aliases.sh',
  'created scripts/start-backend.sh',
  'created scripts/start-frontend.sh',
  'created .devgen/manifest.json',
];

test('everything is created once, and a second run changes nothing', async () => {
  const project = createFixture();
  const first = await project.generate();
  expect({ outcome: first.outcome, changes: changesOf(first), notices: first.notices, backup: first.backup }).toEqual({
    outcome: 'written',
    changes: CREATED,
    notices: [],
    backup: null,
  });
  const files = project.files();
  const second = await project.generate({ version: '1.2.4', now: new Date() });
  expect(second.outcome).toBe('up-to-date');
  expect(project.files()).toEqual(files);
});

test('the same config makes the same bytes in another folder at another time', async () => {
  const [one, other] = [createFixture(), createFixture()];
  await one.generate();
  await other.generate({ now: new Date() });
  expect(other.files()).toEqual(one.files());
});

test('a dry run and a check write nothing and say what would be done', async () => {
  const project = createFixture();
  for (const mode of ['dry-run', 'check'] as const) {
    const report = await project.generate({ mode });
    expect([report.outcome, changesOf(report)]).toEqual(['would-change', CREATED]);
  }
  expect(Object.keys(project.files())).toEqual([]);
});

test('forced, an edited file is replaced and a copy of it is kept', async () => {
  const project = createFixture();
  await project.generate();
  const edited = `${project.read('dev')}# mine\n`;
  project.write('dev', edited);
  const report = await project.generate({ force: 'keep-copy' });
  expect([report.outcome, changesOf(report), report.backup]).toEqual([
    'written',
    ['updated dev'],
    '.devgen/backups/2026-05-04T10-20-30',
  ]);
  expect(project.read('.devgen/backups/2026-05-04T10-20-30/dev')).toBe(edited);
  expect(project.read('.devgen/backups/.gitignore')).toBe('*\n');
  expect(project.read('dev')).not.toContain('# mine');
});

test('an unedited file is updated when what is generated changed', async () => {
  const project = createFixture();
  await project.generate();
  const report = await project.generate({ plan: { ...NAMES, services: [service('api')] } });
  expect(changesOf(report)).toEqual([
    'updated .devgen/completion/words',
    'updated .devgen/devgen.mk',
    'updated .gitattributes',
    'updated AGENTS.md',
    'updated DEVELOPMENT.md',
    'created scripts/start-api.sh',
    'removed scripts/start-backend.sh',
    'removed scripts/start-frontend.sh',
    'updated .devgen/manifest.json',
  ]);
});

test('newlines that git converted and blanks that an editor trimmed are no edit', async () => {
  const project = createFixture();
  await project.generate();
  for (const path of ['.devgen/devgen.mk', 'scripts/aliases.sh', 'Makefile', '.devgen/manifest.json']) {
    project.write(path, project.read(path).replaceAll('\n', '\r\n'));
  }
  project.write('dev.cmd', `${project.read('dev.cmd').replaceAll('\r\n', '\n')}\n\n`);
  expect((await project.generate()).outcome).toBe('up-to-date');
});

test('a launcher that lost its executable bit or got carriage returns is mended', async () => {
  const project = createFixture();
  await project.generate();
  const good = project.files();
  chmodSync(join(project.root, 'dev'), 0o644);
  expect(changesOf(await project.generate())).toEqual(['updated dev']);
  project.write('dev', project.read('dev').replaceAll('\n', '\r\n'));
  expect(changesOf(await project.generate())).toEqual(['updated dev']);
  expect(project.files()).toEqual(good);
});

test('what is no longer wanted goes, unless it was edited', async () => {
  const project = createFixture({ Makefile: 'own:\n\techo own' });
  await project.generate();
  project.write('scripts/aliases.sh', 'mine\n');
  const report = await project.generate({ emit: NOTHING_MORE });
  expect(changesOf(report)).toEqual([
    'removed .devgen/completion/dev.bash',
    'removed .devgen/completion/dev.fish',
    'removed .devgen/completion/dev.zsh',
    'removed .devgen/completion/words',
    'removed .devgen/devgen.mk',
    'updated .gitattributes',
    'removed .mcp.json',
    'removed AGENTS.md',
    'removed DEVELOPMENT.md',
    'updated Makefile',
    'released scripts/aliases.sh',
    'removed scripts/start-backend.sh',
    'removed scripts/start-frontend.sh',
    'updated .devgen/manifest.json',
  ]);
  expect(project.read('Makefile')).toBe('own:\n\techo own');
  expect((await project.generate({ emit: NOTHING_MORE })).outcome).toBe('up-to-date');
});

test('the user’s Makefile is copied before the block goes in, and its bytes stay', async () => {
  const latin = Buffer.from('# caf\xe9\nall:\n\techo \xfc', 'latin1');
  const project = createFixture();
  project.write('Makefile', latin, 0o664);
  const report = await project.generate();
  expect(project.read('Makefile')).toBe(
    `${latin.toString('latin1')}\n# >>> devgen >>>\n-include .devgen/devgen.mk\n# <<< devgen <<<\n`,
  );
  expect(project.read(`${report.backup}/Makefile`)).toBe(latin.toString('latin1'));
});

test('what `echo >>` glued to a block is mended', async () => {
  const project = createFixture({ '.gitignore': 'node_modules' });
  await project.generate();
  project.write('.gitignore', `${project.read('.gitignore').trimEnd()}dist\n`);
  expect(changesOf(await project.generate())).toEqual(['updated .gitignore']);
  expect(project.read('.gitignore')).toBe('node_modules\n# >>> devgen >>>\n/logs/\n# <<< devgen <<<\ndist\n');
});

test('forced, a damaged block is written anew, and a copy of the file is kept', async () => {
  const project = createFixture({ '.gitignore': 'dist\n' });
  await project.generate();
  const good = project.read('.gitignore');
  const damaged = good.replace('# <<< devgen <<<\n', '');
  project.write('.gitignore', damaged);
  const report = await project.generate({ force: 'keep-copy' });
  expect(project.read('.gitignore')).toBe(good);
  expect(project.read(`${report.backup}/.gitignore`)).toBe(damaged);
});

test('a package.json whose scripts are not plain values stays JSON', async () => {
  const text = '{\n  "scripts": {\n    "a": ["x"]\n  }\n}\n';
  const project = createFixture({ 'package.json': text });
  await project.generate();
  expect(JSON.parse(project.read('package.json'))).toMatchObject({ scripts: { a: ['x'], dev: expect.any(String) } });
  await project.generate({ emit: { npmScripts: false } });
  expect(project.read('package.json')).toBe(text);
});

test('a config is written where there is none and never touched again', async () => {
  const seed = { path: 'devgen.config.yaml', text: 'services: {}\n' } as const;
  const project = createFixture();
  expect(changesOf(await project.generate({ seed }))).toContain('created devgen.config.yaml');
  project.write('devgen.config.yaml', 'services: {a: {command: x}}\n');
  expect((await project.generate({ seed })).outcome).toBe('up-to-date');
  expect((await project.generate()).outcome).toBe('up-to-date');
  expect(project.read('devgen.config.yaml')).toBe('services: {a: {command: x}}\n');
});

test('npm scripts are added where the name is free, and go when they are no longer asked for', async () => {
  const text = '{\n  "scripts": {\n    "dev": "vite"\n  }\n}\n';
  const project = createFixture({ 'package.json': text });
  await project.generate();
  expect(JSON.parse(project.read('package.json'))).toEqual({
    scripts: {
      dev: 'vite',
      'devgen:stop': 'node .devgen/runtime/front.cjs stop',
      'devgen:restart': 'node .devgen/runtime/front.cjs restart',
      'devgen:status': 'node .devgen/runtime/front.cjs status',
      'devgen:health': 'node .devgen/runtime/front.cjs health',
      'devgen:logs': 'node .devgen/runtime/front.cjs logs',
      'devgen:backend': 'node .devgen/runtime/front.cjs up backend',
      'devgen:frontend': 'node .devgen/runtime/front.cjs up frontend',
    },
  });
  await project.generate({ emit: { npmScripts: false } });
  expect(project.read('package.json')).toBe(text);
});

test.each([
  ['run-p dev:*', ['dev', 'devgen:stop', 'devgen:web']],
  ['concurrently "npm:dev*"', []],
  ["npm-run-all --parallel 'dev**'", []],
  ['pnpm run "/^dev/"', []],
  ['pnpm run "/^dev:(/"', ['dev', 'devgen:stop', 'devgen:web']],
  ['eslint src/**/*.ts && rm -rf *.log', ['dev', 'devgen:stop', 'devgen:web']],
])('no script of ours has a name that the user’s `%s` runs', async (all, names) => {
  const project = createFixture({ 'package.json': JSON.stringify({ scripts: { all } }) });
  await project.generate({ plan: { ...NAMES, services: [service('web')] } });
  const { scripts } = JSON.parse(project.read('package.json')) as { scripts: Record<string, string> };
  const known = ['dev', 'devgen:stop', 'devgen:web'];
  expect(known.filter((name) => name in scripts)).toEqual(names);
});

test('scripts that an older devgen called `dev:NAME` get their new names', async () => {
  const text = '{"scripts":{"a":"b","dev:stop":"node .devgen/runtime/front.cjs stop"}}';
  const project = createFixture({ 'package.json': text });
  await project.generate({ force: 'keep-copy' });
  const { scripts } = JSON.parse(project.read('package.json')) as { scripts: Record<string, string> };
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['a', 'dev', 'devgen:stop']));
  expect(scripts).not.toHaveProperty('dev:stop');
});

test('a repository that ignores vendor/ and *.cjs still commits the runtime, and is told what it leaves out', async () => {
  const project = createFixture({ '.gitignore': 'vendor/\n*.cjs\n/dev\n' });
  rmSync(join(project.root, '.git'), { recursive: true });
  await run('git', ['init', '-q'], { cwd: project.root, environment: userEnvironment() });
  await project.generate();
  rmSync(join(project.root, 'dev'));
  const report = await project.generate();
  expect(report.notices).toEqual([{ kind: 'ignored-by-git', paths: ['dev'] }]);
  const ignored = await run('git', ['check-ignore', '.devgen/runtime/vendor/yaml.cjs', '.devgen/runtime/front.cjs'], {
    cwd: project.root,
    environment: userEnvironment(),
  });
  expect(ignored.stdout).toBe('');
});

test.each(['.devgen/', '.devgen/*', '.*', '*'])(
  'what is generated is committed where `%s` is ignored',
  async (rule) => {
    const project = createFixture({ '.gitignore': `node_modules\n${rule}\n` });
    rmSync(join(project.root, '.git'), { recursive: true });
    await git(project, 'init', '-q');
    await project.generate();
    await git(project, 'add', '.');
    const added = await git(project, 'ls-files', '.devgen', '.gitattributes');
    expect(added).toContain('.devgen/runtime/vendor/yaml.cjs\n');
    expect(added).toContain('.gitattributes\n');
    expect(added).not.toContain('backups');
    const block = project.read('.gitignore');
    await project.generate();
    expect(project.read('.gitignore')).toBe(block);
  },
);

test('an exception of the user’s own needs none of ours', () => {
  expect(['.devgen\n!/.devgen/\n', '# .devgen\n', '/.devgenerate\n', 'a/.devgen\n'].map(hidesDevgen)).toEqual(
    Array.from({ length: 4 }, () => false),
  );
  expect(['**/.devgen\n', '.dev*\n', '!.devgen\n.*\n', '/.devgen/**\n'].map(hidesDevgen)).toEqual(
    Array.from({ length: 4 }, () => true),
  );
});

function hidesDevgen(rules: string): boolean {
  return hidesPath(rules, '.devgen');
}

async function git(project: Fixture, ...words: string[]): Promise<string> {
  const { stdout } = await run('git', words, { cwd: project.root, environment: userEnvironment() });
  return stdout;
}

test('where git tracks files in logs/, only what the runtime writes there is ignored', async () => {
  const project = createFixture({ 'logs/2026-05.md': 'the ship’s log\n' });
  rmSync(join(project.root, '.git'), { recursive: true });
  await git(project, 'init', '-q');
  await git(project, 'add', '.');
  await project.generate();
  const paths = pathsOf('');
  const own = [
    ...['backend', 'frontend'].flatMap((name) => [
      paths.log(name),
      `${paths.log(name)}.1`,
      paths.pid(name),
      paths.status(name),
    ]),
    ...[paths.events, paths.runtimeLog, paths.planCache, 'logs/task-test.log'],
  ];
  expect((await git(project, 'check-ignore', ...own, 'logs/2026-06.md')).trimEnd().split('\n')).toEqual(own);
});

test('a file that only keeps logs/ in git is none of the user’s own', async () => {
  const project = createFixture({ 'logs/.gitkeep': '' });
  rmSync(join(project.root, '.git'), { recursive: true });
  await git(project, 'init', '-q');
  await git(project, 'add', '.');
  await project.generate();
  expect(project.read('.gitignore')).toContain('\n/logs/\n');
});

test('where git does not look at modes, it is said until the scripts are recorded as executable', async () => {
  const project = createFixture();
  rmSync(join(project.root, '.git'), { recursive: true });
  await git(project, 'init', '-q');
  expect((await project.generate()).notices).toEqual([]);
  await git(project, 'config', 'core.fileMode', 'false');
  const paths = ['dev', 'scripts/start-backend.sh', 'scripts/start-frontend.sh'];
  expect((await project.generate({ mode: 'check' })).notices).toEqual([{ kind: 'modes-lost', paths }]);
  await git(project, 'add', '.');
  await git(project, 'add', '--chmod=+x', ...paths);
  expect((await project.generate({ mode: 'check' })).notices).toEqual([]);
});

test('rules of the user’s that keep line feeds make a block in .gitattributes needless', async () => {
  const project = createFixture({ '.gitattributes': '* text=auto eol=lf\n' });
  await project.generate();
  expect(project.read('.gitattributes')).toBe('* text=auto eol=lf\n');
});
