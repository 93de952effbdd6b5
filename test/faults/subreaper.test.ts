import { existsSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isPortFree } from '../rig/ask.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import type { Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';
import {
  childOf,
  expectCleanStop,
  killSupervisor,
  pidOf,
  projectWithWeb,
  start,
  startedProject,
  subreapersOf,
} from './fault-project.ts';

const VANISHING = 'python3 programs/family.py vanished';

/** Of which the rig itself finds nothing any more. */
async function vanishedOf(project: Project): Promise<number> {
  const pid = await childOf(project, 'vanished');
  onTestFinished(() => killQuietly(pid));
  return pid;
}

describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/perl'))(
  'a daemon that cleared its environment, closed its files and changed its name (needs perl)',
  () => {
    test('./dev stop ends it, and nothing of ours is left or was written to the log', async () => {
      const project = await startedProject({ web: { command: VANISHING } });
      const daemon = await vanishedOf(project);
      expect(subreapersOf(project)).toHaveLength(1);

      await expectCleanStop(project);

      expect(isLiving(daemon)).toBe(false);
      expect(project.read('logs/web.log')).toBe('');
    });

    test('it is ended when its service crashes, before the restart', async () => {
      const project = await startedProject({
        web: { command: VANISHING, restart: { backoff: { initial: '50ms' } } },
      });
      const [daemon, root] = [await vanishedOf(project), pidOf(project, 'web')];

      process.kill(root, 'SIGKILL');

      await waitUntil(() => project.status('web').restarts === 1 && project.status('web').state === 'ready');
      expect(isLiving(daemon)).toBe(false);
      await waitUntil(async () => (await vanishedOf(project)) !== daemon);
      expect(subreapersOf(project)).toHaveLength(1);
      const second = await vanishedOf(project);
      await expectCleanStop(project);
      expect(isLiving(second)).toBe(false);
    });

    test('it and its service survive the supervisor, and the next one ends them, however the service ended', async () => {
      const project = await startedProject({ web: { command: VANISHING } });
      const [daemon, root] = [await vanishedOf(project), pidOf(project, 'web')];
      await killSupervisor(project);
      expect([daemon, root].filter(isLiving)).toEqual([daemon, root]);
      expect(await project.dev(['up', '-d'])).toMatchObject({ code: 0 });
      expect(pidOf(project, 'web')).toBe(root);

      await killSupervisor(project);
      process.kill(root, 'SIGKILL');
      await expectCleanStop(project);

      expect(isLiving(daemon)).toBe(false);
    });

    test('a daemon left by a service that exits 0 is the service, and its pid the one in the status', async () => {
      const project = await startedProject({ web: { command: 'python3 programs/family.py --leave vanished' } });
      const daemon = await vanishedOf(project);
      await waitUntil(() => project.status('web').pid === daemon);

      expect(await project.dev(['status', 'web'])).toMatchObject({ code: 0 });
      await expectCleanStop(project);

      expect(isLiving(daemon)).toBe(false);
    });

    test('./dev kill ends it though it has the listening socket of its service', async () => {
      const { project, port } = await projectWithWeb('python3 programs/web.py --daemon daemon');
      await start(project);
      const daemon = Number(await waitUntil(() => project.read('daemon')));
      onTestFinished(() => killQuietly(daemon));

      const killed = await project.dev(['kill']);

      expect(killed, killed.stderr).toMatchObject({ code: 0 });
      expect(isLiving(daemon)).toBe(false);
      expect(await isPortFree(port)).toBe(true);
    });
  },
);

describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/perl'))('when the subreaper (perl)', () => {
  test('is killed, the service lives on under its pid; its end is noticed, and a stop ends it', async () => {
    const { project, port } = await projectWithWeb('node programs/server.mjs --fork', {
      restart: { backoff: { initial: '50ms' } },
    });
    await start(project);
    const [root, [subreaper]] = [pidOf(project, 'web'), subreapersOf(project)];

    killQuietly(subreaper?.pid ?? 0);

    await waitUntil(() => subreapersOf(project).length === 0);
    expect(await project.dev(['status'])).toMatchObject({ code: 0 });
    expect(project.status('web')).toMatchObject({ state: 'ready', pid: root, restarts: 0 });
    process.kill(root, 'SIGKILL');
    await waitUntil(() => project.status('web').restarts === 1 && project.status('web').state === 'ready');
    for (const { pid } of subreapersOf(project)) killQuietly(pid);
    await expectCleanStop(project, port);
  });

  test('is suspended, a stop ends it, too', async () => {
    const { project, port } = await projectWithWeb('node programs/server.mjs');
    await start(project);
    for (const { pid } of subreapersOf(project)) process.kill(pid, 'SIGSTOP');
    await expectCleanStop(project, port);
  });
});
