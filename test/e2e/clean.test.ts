import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pidOf, projectWith, runsOf } from '../faults/fault-project.ts';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('`clean --all` stops everything and leaves nothing of devgen’s in logs/, but what is the user’s', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  await startStranger(port);
  await project.dev(['start']);
  expect(project.status('web').port).toBe(port + 1);
  project.write('logs/notes.log', 'mine');
  project.write('logs/web.log.1', 'old');

  const cleaned = await project.dev(['clean', '--all']);

  expect(cleaned, cleaned.stderr).toMatchObject({ code: 0 });
  expect(cleaned.stdout).toMatch(/removed all logs, state and remembered ports; what is left in logs\/ is yours\n$/);
  expect(readdirSync(join(project.root, 'logs'))).toEqual(['notes.log']);
  expect(project.processes()).toEqual([]);

  expect(await project.dev(['clean', '--all'])).toMatchObject({ code: 0 });
  expect(readdirSync(join(project.root, 'logs'))).toEqual(['notes.log']);
});

test.skipIf(process.getuid?.() !== 0)(
  '`clean --all` removes nothing when something cannot be stopped (needs root)',
  async () => {
    const project = await projectWith({
      web: { command: 'python3 programs/family.py nobody', stop: { grace: '300ms' } },
    });
    await project.dev(['start']);
    const root = pidOf(project, 'web');
    await waitUntil(() => existsSync(join(project.root, 'children/nobody')));
    const child = await waitUntil(() => runsOf(project, 'family.py').find(({ pid }) => pid !== root)?.pid);
    onTestFinished(() => killQuietly(child));

    const cleaned = await project.dev(['clean', '--all']);

    expect(cleaned.code).toBe(1);
    expect(cleaned.stderr).toContain(`pid ${child}: `);
    expect(cleaned.stderr).toContain('error: not everything could be stopped, so nothing was removed');
    expect(existsSync(join(project.root, 'logs/web.log'))).toBe(true);
    killQuietly(child);
  },
);

test('`clean` leaves the log of a task that runs', async () => {
  const tasks = { all: { deps: ['one', 'other'] }, one: { run: 'echo 1; until test -e go; do sleep 0.05; done' } };
  const project = await projectWith({}, { tasks: { ...tasks, other: { run: 'echo 2' } } });
  const log = join(project.root, 'logs/task-one.log');
  const running = project.dev(['run', 'all']);
  await waitUntil(() => existsSync(log) && project.read('logs/task-one.log') === '1\n');

  const cleaned = await project.dev(['clean']);
  project.write('go', '');

  expect(cleaned.stdout).toContain('kept the logs of what runs (task-one.log)');
  expect(await running).toMatchObject({ code: 0 });
  expect(existsSync(log)).toBe(true);
  expect((await project.dev(['clean'])).code).toBe(0);
  expect(existsSync(log)).toBe(false);
});
