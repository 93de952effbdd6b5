import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uninstallProject } from '../../src/generate/uninstall.ts';
import { changesOf, createFixture, EVERYTHING, NOW, withoutBackups } from './project-fixture.ts';

const USERS_FILES = {
  Makefile: 'all: ; @echo all\r\n',
  '.gitignore': 'node_modules',
  '.gitattributes': '*.png binary\n\n',
  'package.json': '{"scripts":{}}',
  'AGENTS.md': '# Rules\r\n\r\n- be kind',
  'DEVELOPMENT.md': '# Development\n\n```sh\nmake\n```\n',
  '.prettierignore': 'dist\n\n',
  '.vscode/tasks.json':
    '{\n  // ours\n  "tasks": [\n    { "label": "a" }, // first\n    { "label": "b" } // last\n  ],\n}\n',
  '.vscode/settings.json': '{}',
  '.mcp.json': '{\r\n\t"mcpServers": { "other": { "command": "x" } }\r\n}',
  'scripts/deploy.sh': 'echo deploy\n',
};

const seed = { path: 'devgen.config.yaml', text: 'services: {}\n' } as const;

test('uninstall restores every byte of the user’s files and takes all of ours out', async () => {
  const project = createFixture(USERS_FILES);
  const before = project.files();
  await project.generate({ emit: EVERYTHING, seed });
  await project.generate({ emit: { ...EVERYTHING, aliases: false } });
  await project.generate({ emit: EVERYTHING });
  const report = await uninstallProject({
    root: project.root,
    mode: 'write',
    force: 'refuse',
    config: 'remove',
    now: NOW,
  });
  expect(report.outcome).toBe('written');
  expect(withoutBackups(project.files())).toEqual(before);
});

test('uninstall leaves nothing but copies where there was nothing', async () => {
  const project = createFixture();
  await project.generate({ emit: EVERYTHING, seed });
  await uninstallProject({ root: project.root, mode: 'write', force: 'refuse', config: 'remove', now: NOW });
  expect(project.files()).toEqual({});
});

test('uninstall leaves no empty files where the manifest was lost in between', async () => {
  const project = createFixture();
  await project.generate({ emit: EVERYTHING });
  rmSync(join(project.root, '.devgen/manifest.json'));
  await project.generate({ emit: EVERYTHING });
  await uninstallProject({ root: project.root, mode: 'write', force: 'refuse', config: 'keep', now: NOW });
  expect(withoutBackups(project.files())).toEqual({});
});

test('uninstall keeps the config, and whatever was edited', async () => {
  const project = createFixture();
  await project.generate({ seed });
  project.write('scripts/aliases.sh', 'mine\n');
  project.write('Makefile', `${project.read('Makefile')}mine:\n`);
  const report = await uninstallProject({
    root: project.root,
    mode: 'write',
    force: 'refuse',
    config: 'keep',
    now: NOW,
  });
  expect(changesOf(report).filter((change) => !change.startsWith('removed'))).toEqual([
    'updated Makefile',
    'released scripts/aliases.sh',
  ]);
  expect(withoutBackups(project.files())).toEqual({
    Makefile: 'mine:\n',
    'devgen.config.yaml': 'services: {}\n',
    'scripts/aliases.sh': 'mine\n',
  });
});

/** The user's files as people have them: any newline, with and without the last one, empty, with our names in them. */
const lines = (...choices: string[]) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...choices, '', '\u00e9\u00ff'), { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
    )
    .map(([all, newline, ends]) => all.join(newline) + (ends ? newline : ''));
const json = (key: string, members: fc.Arbitrary<unknown>) =>
  fc
    .tuple(members, fc.constantFrom(0, 2, 4, '\t'), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([value, indent, newline, ends]) => {
      return JSON.stringify({ [key]: value }, null, indent).replaceAll('\n', newline) + (ends ? newline : '');
    });
const name = fc.constantFrom('dev', 'dev:backend', 'dev: stop', 'build', 'a');

const files = fc.record(
  {
    Makefile: lines('a:', '\techo', '# x', 'x = 1 \\', '.PHONY: a', '\r'),
    '.gitignore': lines('node_modules', '# >>> devgen', '!x'),
    '.gitattributes': lines('*.png binary', '* text=auto'),
    '.prettierignore': lines('dist'),
    'AGENTS.md': lines('# Rules', '- be kind', '<!-- >>> devgen >>>', '```'),
    'DEVELOPMENT.md': lines('# Dev', '| a |', '<!-- x -->'),
    'package.json': json('scripts', fc.dictionary(name, fc.constantFrom('vite', 'x "y" // z', '/* */'))),
    '.vscode/tasks.json': json(
      'tasks',
      fc.array(fc.record({ label: name, command: fc.constantFrom('make', '// x') })),
    ).map((text) => text.replace(/"command"/g, '/* how, */ "command"').replace(/\}(,?)(\r?\n)/g, '}$1 // next$2')),
  },
  { requiredKeys: [] },
);

test('whatever the user’s files hold, uninstall restores every byte of them', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (before) => {
      const project = createFixture(before);
      const report = await project.generate({ emit: EVERYTHING, seed });
      expect(report.outcome).toBe('written');
      await uninstallProject({ root: project.root, mode: 'write', force: 'refuse', config: 'remove', now: NOW });
      expect(withoutBackups(project.files())).toEqual(latin(before));
    }),
    { numRuns: 12 },
  );
});

test('every backup holds what a file was before', async () => {
  const project = createFixture(USERS_FILES);
  const report = await project.generate({ emit: EVERYTHING });
  for (const path of [
    'package.json',
    '.vscode/tasks.json',
    'AGENTS.md',
    'DEVELOPMENT.md',
    '.prettierignore',
  ] as const) {
    expect(project.read(`${report.backup}/${path}`)).toBe(USERS_FILES[path]);
  }
});

function latin(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text).toString('latin1')]));
}
