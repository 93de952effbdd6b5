import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uninstallProject } from '../../src/generate/uninstall.ts';
import { changesOf, createFixture, NOW } from './project-fixture.ts';

const USERS_FILES = {
  Makefile: 'all: ; @echo all\r\n',
  '.gitignore': 'node_modules',
  '.gitattributes': '*.png binary\n\n',
  'package.json': '{"scripts":{}}',
  'scripts/deploy.sh': 'echo deploy\n',
};

const emit = { makefile: true, aliases: true, npmScripts: true };
const seed = { path: 'devgen.config.yaml', text: 'services: {}\n' };

test('uninstall restores every byte of the user’s files and takes all of ours out', async () => {
  const project = createFixture(USERS_FILES);
  const before = project.files();
  await project.generate({ emit, seed });
  await project.generate({ emit: { ...emit, aliases: false } });
  await project.generate({ emit });
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
  await project.generate({ emit, seed });
  await uninstallProject({ root: project.root, mode: 'write', force: 'refuse', config: 'remove', now: NOW });
  expect(project.files()).toEqual({});
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

test('whatever the user’s Makefile and .gitignore hold, uninstall restores them', async () => {
  const text = fc.array(fc.constantFrom('a:', '\techo', '', '# é', 'x = 1 \\', '.PHONY: a', '\r'), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(text, text, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (make, ignore, newline, ends) => {
      const join = (lines: string[]) => lines.join(newline) + (ends ? newline : '');
      const project = createFixture({ Makefile: join(make), '.gitignore': join(ignore) });
      const before = project.files();
      await project.generate();
      await uninstallProject({ root: project.root, mode: 'write', force: 'refuse', config: 'keep', now: NOW });
      expect(withoutBackups(project.files())).toEqual(before);
    }),
    { numRuns: 15 },
  );
});

function withoutBackups(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('.devgen/backups/')));
}
