import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import type { Finished } from '../rig/run.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('a service that answers 503 at first is ready when it stops doing so', async () => {
  const { started, project } = await start('--unready 1200');

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.tookMs).toBeGreaterThan(1200);
  expect(project.status('backend').state).toBe('ready');
});

test('a service that listens late is ready soon after', async () => {
  const driver = await openDriver();
  const starting = start(driver.options);
  const server = await driver.next();
  await server.tell('print still booting');
  await server.tell('listen');
  const { started, project } = await starting;

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(project.status('backend')).toMatchObject({ state: 'ready', pid: server.pid });
});

test('a service that accepts and never answers fails at the start timeout', async () => {
  const { started, project } = await start('--silent', { health: { startTimeout: '2s' } });

  expect(started.code).toBe(1);
  expect(started.stderr).toContain('not ready after 2.0 s');
  expect(started.stderr).toContain('does not answer');
  expect(project.status('backend').state).not.toBe('ready');
});

test('a service that ends at once fails at once, with its last lines and its exit code', async () => {
  const { started } = await start('--exit 7', { restart: 'never' });

  expect(started.code).toBe(1);
  expect(started.tookMs).toBeLessThan(15_000);
  expect(started.stderr).toContain('with exit code 7');
  expect(started.stderr).toContain('backend: cannot go on');
});

test('a service that depends on another starts when that is ready, and not when that fails', async () => {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const services = {
    backend: { ...server('backend', port, '--exit 1'), restart: 'never' },
    frontend: { ...server('frontend', pagePort), dependsOn: ['backend'] },
  };
  const project = await createProject({ files: configFile(services), generated: true });

  const started = await project.dev(['start', 'frontend']);

  expect(started.code).toBe(1);
  expect(started.stderr).toContain('`backend`, which it depends on, failed');
  expect(project.processes().filter(({ command }) => command.includes('--name frontend'))).toEqual([]);
});

test('a crash after readiness is followed by a restart with back-off', async () => {
  const { project } = await start('--crash-after 1000');
  const { pid } = project.status('backend');

  await waitUntil(() => project.status('backend').restarts >= 1 && project.status('backend').state === 'ready', 15_000);

  expect(project.status('backend').pid).not.toBe(pid);
  expect(project.read('logs/events.ndjson')).toContain('"backing-off"');
});

test('starting what runs says so with the URL, and keeps the run', async () => {
  const { project, port } = await start('');
  const { pid } = project.status('backend');

  const again = await project.dev(['start', 'backend']);

  expect(again, again.stderr).toMatchObject({ code: 0 });
  expect(again.stdout + again.stderr).toContain('already running');
  expect(again.stdout + again.stderr).toContain(`http://localhost:${port}`);
  expect(project.status('backend').pid).toBe(pid);
});

test('a changed config is in force at the next start, without generating anything', async () => {
  const { project } = await start('');
  await project.dev(['stop']);
  const other = await reservePort();
  project.write('devgen.config.yaml', configFile({ backend: server('backend', other) })['devgen.config.yaml'] ?? '');

  const started = await project.dev(['start', 'backend']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(project.status('backend')).toMatchObject({ state: 'ready', port: other });
});

async function start(
  options: string,
  config: Readonly<Record<string, unknown>> = {},
): Promise<{ started: Finished; project: Project; port: number }> {
  const port = await reservePort();
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port, options), ...config } }),
    generated: true,
  });
  return { started: await project.dev(['start', 'backend']), project, port };
}
