import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { askText, isPortFree } from '../rig/ask.ts';
import { configFile } from '../rig/config.ts';
import { compose, composedIn, docker, hasDocker, IMAGE, openDocker, removeComposed } from '../rig/docker.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

const SERVE = `trap 'exit 0' TERM; echo serving; httpd -f -p 80 -h / & wait`;
const HEALTH = { test: ['CMD', 'sh', '-c', '! test -e /sick'], interval: '1s', retries: 1 };
const LIMIT_MS = 120_000;

describe.skipIf(!hasDocker)('with a real Docker (needs docker, compose and busybox)', () => {
  let close = async (): Promise<void> => undefined;
  beforeAll(async () => {
    close = await openDocker();
  }, LIMIT_MS);
  afterAll(() => close(), LIMIT_MS);

  /** A compose file with a web server, and a project that has it as a container. */
  async function create(changes: Readonly<Record<string, unknown>> = {}) {
    const port = await reservePort();
    const web = { image: IMAGE, command: ['sh', '-c', SERVE], ports: [`${port}:80`], healthcheck: HEALTH, ...changes };
    const health = { period: '500ms', failureThreshold: 1 };
    const project = await createProject({
      name: `docker-${port}`,
      files: {
        ...configFile({ web: { container: 'web', port, health, stop: { grace: '5s' } } }),
        'docker-compose.yml': JSON.stringify({ version: '3.8', services: { web } }),
      },
      generated: true,
    });
    onTestFinished(() => removeComposed(project.root));
    const idOf = (): string => composedIn(project.root)[0] ?? '';
    const isUp = (): boolean => docker('inspect', '--format', '{{.State.Status}}', idOf()).trim() === 'running';
    const start = (...args: readonly string[]) => project.dev(['start', 'web', ...args], { limitMs: LIMIT_MS });
    return { project, port, idOf, isUp, start };
  }

  test(
    'a container starts, is there already, is restarted with --force, survives kill-port, and is stopped',
    async () => {
      const { project, port, isUp, start } = await create();
      const started = await start();
      expect(started, started.stderr).toMatchObject({ code: 0 });
      expect(started.stdout).toContain(`web: ready at http://localhost:${port}`);
      await waitUntil(() => project.read('logs/web.log').includes('serving'));
      expect((await start()).stdout).toContain('web: already running');

      const forced = await start('--force');
      expect(forced, forced.stderr).toMatchObject({ code: 0 });
      const killed = await project.dev(['kill-port', String(port), '--yes']);
      expect(killed.code).toBe(1);
      expect(killed.stderr).toContain('taken by the container');
      expect(isUp()).toBe(true);
      expect(await askText(`http://127.0.0.1:${port}/bin/sh`)).not.toBe('');

      const stopped = await project.dev(['stop'], { limitMs: LIMIT_MS });
      expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
      expect([isUp(), await isPortFree(port)]).toEqual([false, true]);
    },
    LIMIT_MS,
  );

  test(
    'one that was up by hand is left up; one that is stopped by hand is told as ended, and started again',
    async () => {
      const { project, isUp, idOf, start } = await create();
      compose(project.root, 'up', '--detach', 'web');
      const found = await start();
      expect(found, found.stderr).toMatchObject({ code: 0 });
      expect(found.stderr).toContain('its container is up already');
      await project.dev(['stop'], { limitMs: LIMIT_MS });
      expect(isUp()).toBe(true);
      docker('stop', '--time', '1', idOf());

      expect(await start()).toMatchObject({ code: 0 });
      docker('stop', '--time', '5', idOf());
      await waitUntil(() => project.status('web').state === 'down');
      expect(await start()).toMatchObject({ code: 0 });
      await project.dev(['nuke', '--yes'], { limitMs: LIMIT_MS });
      expect(isUp()).toBe(false);
      expect(docker('version', '--format', '{{.Server.Version}}')).not.toBe('');
    },
    LIMIT_MS,
  );

  test(
    'one that its health check calls unhealthy is unhealthy until that says otherwise',
    async () => {
      const { project, idOf, start } = await create();
      expect(await start()).toMatchObject({ code: 0 });

      docker('exec', idOf(), 'touch', '/sick');
      await waitUntil(() => project.status('web').state === 'unhealthy', 20_000);
      docker('exec', idOf(), 'rm', '/sick');

      await waitUntil(() => project.status('web').state === 'ready', 20_000);
    },
    LIMIT_MS,
  );

  test(
    'an image that cannot be had is told in the words of compose',
    async () => {
      const { start } = await create({ image: 'localhost:1/nowhere:1' });

      const started = await start();

      expect(started.code).toBe(1);
      expect(started.stderr).toMatch(/web: not started: `docker[ -]compose up --detach web` ended with exit code 1/);
      expect(started.stderr).toContain('localhost:1');
    },
    LIMIT_MS,
  );
});
