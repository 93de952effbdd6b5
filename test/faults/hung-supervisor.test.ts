import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { isPortFree } from '../rig/ask.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { pidOf, projectWith, runsOf, start, startedProject, supervisorsOf } from './fault-project.ts';

/** Runs until there is a file `end`. */
const TASK = 'touch begun; while ! test -e end; do sleep 0.05; done';

test('a supervisor that hangs fails a start, which names it; stop ends it and what it had, as does a task that is over', {
  timeout: 40_000,
}, async () => {
  const port = await reservePort();
  const project = await startedProject({ web: { command: 'node programs/server.mjs', port } });
  const other = await projectWith(
    { web: { command: 'node programs/server.mjs', port: await reservePort() } },
    { folder: 'other', tasks: { one: { run: TASK, needs: ['web'] } } },
  );
  const task = other.dev(['run', 'one'], { limitMs: 30_000 });
  await waitUntil(() => existsSync(join(other.root, 'begun')));
  const hung = supervisorsOf(other)[0]?.pid ?? 0;
  process.kill(hung, 'SIGSTOP');
  other.write('end', '');
  const pid = supervisorsOf(project)[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');

  const started = await project.dev(['start', 'web'], { limitMs: 15_000 });
  rmSync(pathsOf(project.root).supervisor); // The status files name it too.
  const stopped = await project.dev(['stop', 'web'], { limitMs: 15_000 });

  expect(started).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`the supervisor (pid ${pid}) does not answer`),
  });
  expect(started.stderr).toContain(`kill -CONT ${pid}`);
  expect(stopped, stopped.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/^web: stopped/) });
  expect(stopped.stderr).toContain(`the supervisor (pid ${pid}) did not answer and was ended`);
  expect(isLiving(pid)).toBe(false);
  expect(runsOf(project)).toEqual([]);
  expect(await isPortFree(port)).toBe(true);
  expect(await task).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`the supervisor (pid ${hung}) did not answer and was ended`),
  });
  expect(runsOf(other)).toEqual([]);
});

test('--force against a checkout whose supervisor hangs fails, and holds up no other command; what a task there needs goes on', {
  timeout: 40_000,
}, async () => {
  const port = await reservePort();
  const web = { command: 'node programs/server.mjs', port };
  const tasks = { one: { run: TASK, needs: ['held'] } };
  const first = await projectWith({ web, held: { command: 'sleep 98766' } }, { folder: 'one', tasks });
  const second = await projectWith({ web, idle: { command: 'sleep 98765' } }, { folder: 'two' });
  await start(first, 'web');
  const task = first.dev(['run', 'one'], { limitMs: 30_000 });
  await waitUntil(() => existsSync(join(first.root, 'begun')));
  const held = pidOf(first, 'held');
  const server = pidOf(first, 'web');
  const supervisor = supervisorsOf(first)[0]?.pid ?? 0;
  process.kill(supervisor, 'SIGSTOP');

  const forcing = second.dev(['start', 'web', '--force'], { limitMs: 15_000 });
  const other = await Promise.race([second.dev(['start', 'idle']), forcing]);
  const forced = await forcing;
  process.kill(supervisor, 'SIGCONT');

  expect(other).toMatchObject({ code: 0, stdout: expect.stringMatching(/^idle: /) });
  expect(forced).toMatchObject({ code: 1, stderr: expect.stringContaining(first.root) });
  // What it was asked to do while it hung it does no more.
  expect(await first.dev(['start', 'web'])).toMatchObject({ code: 0 });
  expect([pidOf(first, 'web'), pidOf(first, 'held')]).toEqual([server, held]);
  first.write('end', '');
  expect(await task).toMatchObject({ code: 0, stderr: expect.stringContaining('held: stopped (') });
});
