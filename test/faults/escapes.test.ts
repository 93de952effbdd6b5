import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isPortFree } from '../rig/ask.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';
import {
  childOf,
  expectCleanStop,
  killSupervisor,
  pidOf,
  projectWith,
  projectWithWeb,
  runsOf,
  start,
  startedProject,
  subreapersOf,
} from './fault-project.ts';

const KINDS = ['own-group', 'own-session', 'orphan', 'daemon', 'no-environment', 'new-title'];

test('stop ends children in groups and sessions of their own, orphans, daemons, and those without their environment', async () => {
  const project = await startedProject({ web: { command: `python3 programs/family.py ${KINDS.join(' ')}` } });
  const children = await Promise.all(KINDS.map((kind) => childOf(project, kind)));

  await expectCleanStop(project);

  expect(children.filter(isLiving)).toEqual([]);
});

test('the same when the root, which held them together, and the supervisor were killed first', async () => {
  const project = await startedProject({ web: { command: `python3 programs/family.py ${KINDS.join(' ')}` } });
  const children = await Promise.all(KINDS.map((kind) => childOf(project, kind)));
  await killSupervisor(project);
  process.kill(pidOf(project, 'web'), 'SIGKILL');

  const status = await project.dev(['status', 'web']);
  expect(status.code).toBe(1);
  await expectCleanStop(project);

  expect(children.filter(isLiving)).toEqual([]);
});

test('a program that makes itself a daemon and exits 0 runs as long as its daemon does', async () => {
  const project = await startedProject({ web: { command: 'python3 programs/family.py --leave daemon' } });
  const daemon = await childOf(project, 'daemon');
  await waitUntil(() => runsOf(project, 'family.py').length === 1);

  const status = await project.dev(['status', 'web']);
  expect(status, status.stdout).toMatchObject({ code: 0 });
  await expectCleanStop(project);

  expect(isLiving(daemon)).toBe(false);
});

test('when the parent of a server is killed, its child is ended, and the restart has its port', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs --fork', {
    restart: { backoff: { initial: '50ms' } },
  });
  await start(project);
  const before = runsOf(project, 'server.mjs').map(({ pid }) => pid);
  expect(before).toHaveLength(2);

  process.kill(pidOf(project, 'web'), 'SIGKILL');

  await waitUntil(() => project.status('web').restarts === 1 && project.status('web').state === 'ready');
  expect(project.status('web')).toMatchObject({ port });
  expect(before.filter(isLiving)).toEqual([]);
  await expectCleanStop(project, port);
});

test('when npm is killed, status says so within a second, and nothing of what it ran is left', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: { command: 'npm run --silent server', port, restart: 'never' } });
  project.write('package.json', JSON.stringify({ private: true, scripts: { server: 'node programs/server.mjs' } }));
  await start(project);

  process.kill(pidOf(project, 'web'), 'SIGKILL');

  await waitUntil(() => project.status('web').state === 'failed', 1000);
  expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  expect(runsOf(project)).toEqual([]);
  expect(await isPortFree(port)).toBe(true);
});

test('a daemon without environment, session, files and parent that keeps our listening socket is named, and the stop fails', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --daemon daemon');
  await start(project);
  for (const { pid } of subreapersOf(project)) process.kill(pid, 'SIGKILL');
  const daemon = Number(await waitUntil(() => project.read('daemon')));
  onTestFinished(() => killQuietly(daemon));

  const stopped = await project.dev(['stop']);

  expect(stopped.code).toBe(1);
  expect(stopped.stderr).toContain(`pid ${daemon}`);
  expect(stopped.stderr).toContain(String(port));
  expect(isLiving(daemon)).toBe(true);
  process.kill(daemon, 'SIGKILL');
  await waitUntil(() => !isLiving(daemon));
  await expectCleanStop(project, port);
});

test.skipIf(process.getuid?.() !== 0)(
  'another user’s process in the tree is never signalled; stop names it and fails (needs root)',
  async () => {
    const project = await startedProject({
      web: { command: 'python3 programs/family.py nobody', stop: { grace: '300ms' } },
    });
    await waitUntil(() => existsSync(join(project.root, 'children/nobody')));
    const root = pidOf(project, 'web');
    const other = await waitUntil(() => runsOf(project, 'family.py').find(({ pid }) => pid !== root)?.pid);
    onTestFinished(() => killQuietly(other));

    const stopped = await project.dev(['stop']);

    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toContain(`pid ${other}`);
    expect(isLiving(other)).toBe(true);
    process.kill(other, 'SIGKILL');
    await waitUntil(() => !isLiving(other));
    await expectCleanStop(project);
  },
);

test('the configured stop signal goes out first, and a server that obeys only that ends in time', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --polite SIGINT', {
    stop: { signal: 'SIGINT', grace: '10s' },
  });
  await start(project);

  const stopped = await project.dev(['stop']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(stopped.tookMs).toBeLessThan(9000);
  expect(project.read('logs/web.log')).toContain('goodbye');
  await expectCleanStop(project, port);
});

test('a suspended server turns unhealthy, recovers when it is resumed, and a suspended tree is stopped', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs --fork', {
    health: { http: '/', period: '200ms', timeout: '200ms', failureThreshold: 2 },
    restart: { onUnhealthy: false },
  });
  await start(project);
  const tree = runsOf(project, 'server.mjs').map(({ pid }) => pid);

  for (const pid of tree) process.kill(pid, 'SIGSTOP');
  await waitUntil(() => project.status('web').state === 'unhealthy');
  expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  for (const pid of tree) process.kill(pid, 'SIGCONT');
  await waitUntil(() => project.status('web').state === 'ready');
  expect(runsOf(project, 'server.mjs').map(({ pid }) => pid)).toEqual(tree);

  for (const pid of tree) process.kill(pid, 'SIGSTOP');
  const stopped = await project.dev(['stop']);
  expect(stopped.tookMs).toBeLessThan(9000); // Before the grace period is over: it was woken, not killed.
  await expectCleanStop(project, port);
});

for (const verb of ['stop', 'restart']) {
  test(`./dev ${verb} from inside a service’s own tree finishes its work`, async () => {
    const { project, port } = await projectWithWeb(`python3 programs/web.py --run "./dev ${verb}" said`);
    await start(project);
    const pid = pidOf(project, 'web');
    for (const supervisor of ['warm', 'killed']) {
      const from = project.status('web').pid ?? pid;
      if (supervisor === 'killed') await killSupervisor(project);
      await fetch(`http://127.0.0.1:${port}/run`);

      await waitUntil(() => !isLiving(from));
      if (verb === 'stop') {
        await waitUntil(() => project.processes().length === 0);
        expect(project.status('web')).toMatchObject({ state: 'down', pid: null });
        await start(project);
      } else await waitUntil(() => project.status('web').state === 'ready' && project.status('web').pid !== from);
      expect(runsOf(project, 'web.py')).toHaveLength(1);
    }
  });
}

test('the browser that a service opened stays when the service stops', async () => {
  const project = await projectWith({
    web: { command: 'setsid ./chromium 600 < /dev/null > /dev/null 2>&1 & exec python3 programs/family.py own-group' },
  });
  copyFileSync('/bin/sleep', join(project.root, 'chromium'));
  await start(project);
  const browser = await waitUntil(() => runsOf(project, './chromium')[0]?.pid);
  onTestFinished(() => killQuietly(browser));
  await childOf(project, 'own-group');

  const stopped = await project.dev(['stop']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(runsOf(project).map(({ pid }) => pid)).toEqual([browser]);
  process.kill(browser, 'SIGKILL');
});
