import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import type { Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { killSupervisor, pidOf, removeLogs, runsOf, startedProject } from './fault-project.ts';

const FILES = ['dev', '.devgen', 'devgen.config.yaml'];

/** As a switch to a branch does that devgen never was on. */
function leaveBranch(project: Project): void {
  mkdirSync(join(project.root, '..', 'other branch'));
  for (const file of FILES) renameSync(join(project.root, file), join(project.root, '..', 'other branch', file));
}

async function runningWithoutConfig() {
  const project = await startedProject({ web: server('web', await reservePort()) });
  const pid = pidOf(project, 'web');
  leaveBranch(project);
  return { project, pid };
}

test.each([
  ['stop', '--json'],
  ['kill', '--json'],
  ['nuke', '--yes'],
])('devgen %s %s ends what runs where there is no config any more', async (...words) => {
  const { project, pid } = await runningWithoutConfig();

  const ended = await project.devgen(words);

  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  expect(ended.stderr).toContain('there is no devgen config here any more');
  expect(runsOf(project).map((each) => each.pid)).not.toContain(pid);
  expect(runsOf(project, 'server.mjs')).toEqual([]);
});

test('devgen status shows what runs where there is no config any more, from a folder below too', async () => {
  const { project, pid } = await runningWithoutConfig();
  mkdirSync(join(project.root, 'below'));

  const status = await project.devgen(['status', '--json'], { cwd: join(project.root, 'below') });

  expect(JSON.parse(status.stdout).services).toMatchObject([{ service: 'web', state: 'ready', pid }]);
  await project.devgen(['stop', 'web'], { cwd: join(project.root, 'below') });
  expect(runsOf(project, 'server.mjs')).toEqual([]);
});

test('devgen stop ends what runs where neither config nor logs nor a supervisor are left', async () => {
  const { project } = await runningWithoutConfig();
  await killSupervisor(project);
  await removeLogs(project);

  const stopped = await project.devgen(['stop']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  await waitUntil(() => runsOf(project, 'server.mjs').length === 0);
});

test('without a config, and with nothing that runs, devgen stop says that there is no config', async () => {
  const { project } = await runningWithoutConfig();
  await project.devgen(['stop']);
  rmSync(join(project.root, 'logs'), { recursive: true });

  const stopped = await project.devgen(['stop']);

  expect(stopped).toMatchObject({ code: 2 });
  expect(stopped.stderr).toContain('no devgen config in');
});
