import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listBackups, restoreBackup } from '../../src/generate/restore.ts';
import { userEnvironment } from '../rig/environment.ts';
import { run } from '../rig/run.ts';
import { hasTool } from '../rig/tools.ts';
import { changesOf, createFixture, type Fixture } from './project-fixture.ts';

const LATER = new Date('2026-05-05T00:00:00Z');
const FIRST = '2026-05-04T10-20-30';

function restore(project: Fixture, date: string | null = null) {
  return restoreBackup({ root: project.root, date, mode: 'write', now: LATER });
}

/** A project whose launcher was edited and then replaced by force. */
async function overwritten(): Promise<{ project: Fixture; edited: string }> {
  const project = createFixture();
  await project.generate();
  const edited = `${project.read('dev')}# mine \u00e9\r\n`;
  project.write('dev', Buffer.from(edited, 'latin1'), 0o775);
  await project.generate({ force: 'keep-copy' });
  return { project, edited };
}

test('the newest backup is restored, bytes and mode, and the restore can be restored', async () => {
  const { project, edited } = await overwritten();
  const generated = project.read('dev');
  expect(listBackups(project.root)).toEqual([{ date: FIRST, paths: ['dev'] }]);
  const report = await restore(project);
  expect([report.outcome, report.date, changesOf(report)]).toEqual(['written', FIRST, ['updated dev']]);
  expect(project.read('dev')).toBe(edited);
  expect((await project.generate()).outcome).toBe('refused');
  expect((await restore(project)).date).toBe('2026-05-05T00-00-00');
  expect(project.read('dev')).toBe(generated);
});

test('a chosen backup is restored, and changes nothing when all is as it was', async () => {
  const project = createFixture({ Makefile: 'all:\n' });
  await project.generate();
  unlinkSync(join(project.root, 'Makefile'));
  expect((await restore(project, FIRST)).outcome).toBe('written');
  expect(project.read('Makefile')).toBe('all:\n');
  expect((await restore(project, FIRST)).outcome).toBe('up-to-date');
});

test('backups are listed with the newest first, those of one second by their number', async () => {
  const project = createFixture({ Makefile: 'all:\n' });
  for (let count = 0; count < 11; count++) {
    project.write('Makefile', `all:\n# >>> devgen >>>\n# ${count}\n# <<< devgen <<<\n`);
    await project.generate({ force: 'keep-copy' });
  }
  const dates = listBackups(project.root).map(({ date }) => date);
  expect([dates[0], dates[1], dates.at(-2), dates.at(-1)]).toEqual([`${FIRST}-11`, `${FIRST}-10`, `${FIRST}-2`, FIRST]);
});

test('a copy that changed, a foreign path and a missing list of hashes are refused', async () => {
  const { project } = await overwritten();
  const sums = `.devgen/backups/${FIRST}.sha256`;
  const good = project.read(sums);
  const hash = good.slice(0, 64);
  const problem = async () => (await restore(project)).diagnostics.map(({ code, place }) => [code, place?.file]);

  for (const path of ['src/app.js', '../outside', '.git/hooks/pre-commit']) {
    project.write(sums, `${hash}  ${path}\n`);
    expect(await problem()).toEqual([['backup/damaged', `.devgen/backups/${FIRST}/${path}`]]);
  }
  project.write(sums, 'rubbish\n');
  expect(await problem()).toEqual([['backup/damaged', sums]]);
  project.write(sums, good);
  project.write(`.devgen/backups/${FIRST}/dev`, 'other\n');
  const before = project.files();
  expect(await problem()).toEqual([['backup/damaged', `.devgen/backups/${FIRST}/dev`]]);
  expect(project.files()).toEqual(before);
  expect(listBackups(project.root)).toEqual([{ date: FIRST, paths: [] }]);
});

test('a link at the place of a file is not written through', async () => {
  const project = createFixture({ Makefile: 'all:\n', elsewhere: 'x\n' });
  await project.generate();
  unlinkSync(join(project.root, 'Makefile'));
  symlinkSync('elsewhere', join(project.root, 'Makefile'));
  const report = await restore(project);
  expect(report.actions).toMatchObject([{ kind: 'refused', path: 'Makefile', reason: 'symlink' }]);
  expect(project.read('elsewhere')).toBe('x\n');
});

test('where there is no such backup, the message says which there are', async () => {
  const project = createFixture();
  expect((await restore(project)).diagnostics).toMatchObject([
    { code: 'backup/not-found', message: 'there are no backups in `.devgen/backups`' },
  ]);
  const { project: other } = await overwritten();
  expect((await restore(other, '2020-01-01T00-00-00')).diagnostics).toMatchObject([
    { message: 'there is no backup `2020-01-01T00-00-00`', hint: `There are \`${FIRST}\`.` },
  ]);
});

test.skipIf(!hasTool('sha256sum'))('sha256sum can check a backup by itself', async () => {
  const { project } = await overwritten();
  const cwd = join(project.root, '.devgen/backups', FIRST);
  const { stdout } = await run('sha256sum', ['-c', `../${FIRST}.sha256`], { cwd, environment: userEnvironment() });
  expect(stdout).toBe('dev: OK\n');
});
