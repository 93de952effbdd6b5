import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isLiving } from '../rig/processes.ts';
import { openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';
import {
  killSupervisor,
  pidOf,
  projectWith,
  projectWithWeb,
  removeLogs,
  start,
  startedProject,
  supervisorsOf,
} from './fault-project.ts';

test('a service without port and probe that dies at once is not called ready, and its last words are shown', async () => {
  const project = await projectWith({ db: { command: `sh -c 'sleep 0.2; echo no such image; exit 1'` } });

  const started = await project.dev(['start']);

  expect(started.code).toBe(1);
  expect(started.stdout).not.toContain('ready');
  expect(started.stderr).toContain('before it was ready');
  expect(started.stderr).toContain('| no such image');
});

test('a service without port and probe is ready once it has lived for a second', async () => {
  const project = await startedProject({ worker: { command: 'sleep 60' } });

  const { startupMs } = JSON.parse(project.read('logs/worker_status.json'));

  expect(startupMs).toBeGreaterThanOrEqual(1000);
  expect(startupMs).toBeLessThan(3000);
});

test('of a log that was deleted while its service writes it is said so, and the remedy works', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs --name web');
  await start(project);
  rmSync(join(project.root, 'logs/web.log'));

  const logs = await project.dev(['logs', 'web']);

  expect(logs).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'logs/web.log was deleted while it ran; `./dev restart web` starts a new one\n',
  });
  const unread = { code: 1, stdout: '', stderr: `error: ${logs.stderr}` };
  expect(await project.dev(['errors', 'web'])).toMatchObject(unread);
  expect(await project.dev(['settle', 'web'])).toMatchObject(unread);
  expect((await project.dev(['doctor'])).stdout).toContain(logs.stderr.split(';')[0]);
  expect(await project.dev(['restart', 'web'])).toMatchObject({ code: 0 });
  const again = await project.dev(['logs', 'web']);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain(`listening on ${port}`);
});

test('logs that are cleaned away while services run are no mistake of ours, and what is known is written anew', async () => {
  const { project } = await projectWithWeb('node programs/server.mjs --name web');
  await start(project);
  const pid = pidOf(project, 'web');

  await removeLogs(project);

  await waitUntil(() => pidOf(project, 'web') === pid);
  expect(readdirSync(join(project.root, 'logs'))).not.toContain('devgen.log');
  expect(await project.dev(['status'])).toMatchObject({ code: 0 });
});

test('what runs on without a supervisor and without any file is seen, and the remedy works', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs --name web');
  await start(project);
  const pid = pidOf(project, 'web');
  await killSupervisor(project);
  await removeLogs(project);

  const status = await project.dev(['status']);

  expect(status.code).toBe(1);
  expect(status.stdout).toMatch(new RegExp(`web +unknown .*${pid}`));
  expect(status.stdout).toContain('it runs, and what was known of it is gone; `./dev start web` starts it anew');
  expect(JSON.parse((await project.dev(['status', '--json'])).stdout).services[0]).toMatchObject({
    state: 'unknown',
    pid,
  });
  await start(project);
  expect(project.status('web')).toMatchObject({ state: 'ready', port });
  expect(isLiving(pid)).toBe(false);
});

test('of a supervisor that stands still, the age of what it knew is told', async () => {
  const { project } = await projectWithWeb('node programs/server.mjs --name web');
  await start(project);
  const [supervisor] = supervisorsOf(project);
  process.kill(supervisor?.pid ?? 0, 'SIGSTOP');
  onTestFinished(() => void process.kill(supervisor?.pid ?? 0, 'SIGCONT'));

  await waitUntil(async () => / s ago/.test((await project.dev(['status'])).stdout));

  const { stdout } = await project.dev(['status']);
  expect(stdout).toContain(`its supervisor is stopped; \`kill -CONT ${supervisor?.pid}\` lets it go on`);
});

test('a start in the background of a shell leaves the terminal alone and is not stopped for it', async () => {
  const { project } = await projectWithWeb('node programs/server.mjs --name web');
  const terminal = openTerminal(project, 'bash', ['-c', 'set -m; ./dev & wait $!; echo "left with $?"']);

  await terminal.see('left with 0', 20_000);

  expect(terminal.shown()).toContain('ready');
  await waitUntil(() => project.status('web').state === 'ready');
});
