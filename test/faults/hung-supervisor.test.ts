import { expect, test } from 'vitest';
import { isPortFree } from '../rig/ask.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving } from '../rig/processes.ts';
import { pidOf, projectWith, runsOf, start, startedProject, supervisorsOf } from './fault-project.ts';

test('a supervisor that hangs fails a start, which names it; stop ends it and what it had', {
  timeout: 40_000,
}, async () => {
  const port = await reservePort();
  const project = await startedProject({ web: { command: 'node programs/server.mjs', port } });
  const pid = supervisorsOf(project)[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');

  const started = await project.dev(['start', 'web'], { limitMs: 15_000 });
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
});

test('--force against a checkout whose supervisor hangs fails, and holds up nobody meanwhile', {
  timeout: 40_000,
}, async () => {
  const port = await reservePort();
  const web = { command: 'node programs/server.mjs', port };
  const first = await projectWith({ web }, { folder: 'one' });
  const second = await projectWith({ web, idle: { command: 'sleep 98765' } }, { folder: 'two' });
  await start(first);
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
  expect(pidOf(first, 'web')).toBe(server);
});
