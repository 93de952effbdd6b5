import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateProject } from '../../src/generate/generate.ts';
import { upgradeProject } from '../../src/generate/upgrade.ts';
import { changesOf, createFixture, type Fixture, optionsFor } from './project-fixture.ts';

function upgrade(project: Fixture, version: string) {
  return upgradeProject({ ...optionsFor(project), version });
}

test('an upgrade replaces the runtime and names the new version, from and to', async () => {
  const project = createFixture();
  await project.generate({ version: '1.2.3' });
  writeFileSync(join(project.runtimeSource, 'front.cjs'), 'console.log("new");\n');
  const report = await upgrade(project, '1.3.0');
  expect([report.outcome, report.from, report.to, changesOf(report)]).toEqual([
    'written',
    '1.2.3',
    '1.3.0',
    ['updated .devgen/runtime/front.cjs', 'updated .devgen/manifest.json'],
  ]);
  expect(project.read('.devgen/runtime/front.cjs')).toBe('console.log("new");\n');
  expect(JSON.parse(project.read('.devgen/manifest.json'))).toMatchObject({ devgen: '1.3.0' });
});

test('an upgrade to a version that generates the same changes the manifest alone, and then nothing', async () => {
  const project = createFixture();
  await project.generate();
  expect(changesOf(await upgrade(project, '1.2.4'))).toEqual(['updated .devgen/manifest.json']);
  expect((await upgrade(project, '1.2.4')).outcome).toBe('up-to-date');
});

test('an upgrade refuses what was edited, and replaces nothing then', async () => {
  const project = createFixture();
  await project.generate();
  writeFileSync(join(project.runtimeSource, 'front.cjs'), 'console.log("new");\n');
  project.write('.devgen/runtime/front.cjs', 'console.log("mine");\n');
  const before = project.files();
  const report = await upgrade(project, '2.0.0');
  expect(report.actions.filter(({ kind }) => kind === 'refused')).toMatchObject([
    { path: '.devgen/runtime/front.cjs', reason: 'edited' },
  ]);
  expect([report.outcome, project.files()]).toEqual(['refused', before]);
});

test('there is no upgrade to an older version, nor of what was never generated', async () => {
  const project = createFixture();
  expect((await upgrade(project, '1.2.3')).diagnostics.map(({ code }) => code)).toEqual([
    'generate/nothing-to-upgrade',
  ]);
  await project.generate({ version: '1.2.3' });
  expect((await upgrade(project, '1.2.2')).diagnostics.map(({ code }) => code)).toEqual(['generate/older-devgen']);
});

test('the mode `diff` shows every difference but those of the runtime, and writes nothing', async () => {
  const project = createFixture();
  await project.generate();
  writeFileSync(join(project.runtimeSource, 'front.cjs'), 'console.log("new");\n');
  const before = project.files();
  const options = optionsFor(project);
  const report = await generateProject({ ...options, mode: 'diff', plan: { ...options.plan, aliasPrefix: 'zy' } });
  const diffs = report.actions.flatMap((action) => ('diff' in action ? [[action.path, action.diff]] : []));
  expect(Object.fromEntries(diffs)).toMatchObject({
    'scripts/aliases.sh': expect.stringContaining('\n+function zy-stop { "$_zy_root/dev" stop "$@"; }\n'),
    '.devgen/runtime/front.cjs': null,
  });
  expect([report.outcome, project.files()]).toEqual(['would-change', before]);
});
