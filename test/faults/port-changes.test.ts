import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, isPortFree } from '../rig/ask.ts';
import { server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, pidOf, projectWith, projectWithWeb, start } from './fault-project.ts';
import { holdPort } from './holder.ts';

test('a fallback port is kept while the wanted one is taken, and left when that is free', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs');
  const [wanted, next] = [await holdPort('127.0.0.1', port), await holdPort('127.0.0.1', port + 1)];

  await start(project);
  expect(project.status('web')).toMatchObject({ port: port + 2 });
  await project.dev(['stop']);
  await next.end();
  await start(project);
  expect(project.status('web')).toMatchObject({ port: port + 2, wantedPort: port });
  await wanted.end();
  await project.dev(['restart']);
  expect(project.status('web')).toMatchObject({ port });
});

test('a server on another port than told: those who depend on it are told the true one', async () => {
  const [port, elsewhere, page] = [await reservePort(), await reservePort(), await reservePort()];
  const project = await projectWith({
    backend: server('backend', port, `--wrong-port ${elsewhere}`),
    frontend: { ...server('frontend', page), dependsOn: ['backend'] },
  });

  await start(project);

  expect(await ask(`http://localhost:${page}`)).toMatchObject({ BACKEND_URL: `http://localhost:${elsewhere}` });
  await expectCleanStop(project, port, elsewhere, page);
});

test('a server that ends because another one was faster on its port is started on the next', async () => {
  const { project, port } = await projectWithWeb('node programs/lose-race.mjs', { restart: 'never' });
  const starting = project.dev(['start', 'web']);
  await waitUntil(() => existsSync(join(project.root, 'waiting')));
  const stranger = await holdPort('127.0.0.1', port);

  const started = await starting;

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(project.status('web')).toMatchObject({ state: 'ready', port: port + 1, wantedPort: port });
  expect(stranger.isAlive()).toBe(true);
  await expectCleanStop(project, port + 1);
});

test('services that were told a port are restarted when it changes, and the others are not', async () => {
  const [port, page, aside] = [await reservePort(), await reservePort(), await reservePort()];
  const project = await projectWith({
    backend: server('backend', port),
    frontend: { ...server('frontend', page), dependsOn: ['backend'] },
    aside: server('aside', aside),
  });
  const holder = await holdPort('127.0.0.1', port);
  await start(project);
  const [frontend, other] = [pidOf(project, 'frontend'), pidOf(project, 'aside')];
  await holder.end();

  const restarted = await project.dev(['restart', 'backend']);

  expect(restarted, restarted.stderr).toMatchObject({ code: 0 });
  expect(restarted.stderr).toContain(`frontend: restarting, because \`backend\` now has port ${port}`);
  expect(await ask(`http://localhost:${page}`)).toMatchObject({ BACKEND_URL: `http://localhost:${port}` });
  expect(pidOf(project, 'frontend')).not.toBe(frontend);
  expect(pidOf(project, 'aside')).toBe(other);
});

test('services follow a dependency that comes back on another port by itself', async () => {
  const [port, page] = [await reservePort(), await reservePort()];
  const driver = await openDriver();
  const project = await projectWith({
    backend: { ...server('backend', port, driver.options), restart: { backoff: { initial: '3s' } } },
    frontend: { ...server('frontend', page), dependsOn: ['backend'] },
  });
  const starting = project.dev(['up', '-d']);
  const first = await driver.next();
  await first.tell('listen');
  expect(await starting).toMatchObject({ code: 0 });

  await first.tell('exit 1');
  const restarted = await driver.next(); // At once; the next restart waits.
  await restarted.tell('exit 1');
  await waitUntil(() => isPortFree(port));
  await holdPort('127.0.0.1', port);
  const last = await driver.next();
  await last.tell('listen');

  const url = `http://localhost:${port + 1}`;
  await waitUntil(async () => (await ask(`http://localhost:${page}`)).BACKEND_URL === url);
  await waitUntil(() => project.status('frontend').state === 'ready');
  expect(project.status('backend')).toMatchObject({ state: 'ready', port: port + 1 });
});

test('a port that moves starts no service that the user has stopped', async () => {
  const [port, page, aside] = [await reservePort(), await reservePort(), await reservePort()];
  const project = await projectWith({
    backend: server('backend', port),
    cache: server('cache', aside),
    frontend: { ...server('frontend', page), dependsOn: ['backend', 'cache'] },
  });
  const holder = await holdPort('127.0.0.1', port);
  await start(project);
  await project.dev(['stop', 'cache']);
  await holder.end();

  const restarted = await project.dev(['restart', 'backend']);

  expect(restarted, restarted.stderr).toMatchObject({ code: 0 });
  expect(await ask(`http://localhost:${page}`)).toMatchObject({ BACKEND_URL: `http://localhost:${port}` });
  expect(project.status('frontend').state).toBe('ready');
  expect(project.status('cache')).toMatchObject({ state: 'down', pid: null });
});

test('a port taken away after readiness is noticed, and the stranger is neither ours nor ended', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --let-go "$PORT.go"', {
    health: { period: '400ms', failureThreshold: 4 },
    restart: { onUnhealthy: true, backoff: { initial: '50ms' } },
  });
  await start(project);
  const { pid } = project.status('web');
  project.write(`${port}.go`, '');
  await waitUntil(() => project.read('logs/web.log').includes('let go'));
  const holder = await holdPort('127.0.0.1', port);

  await waitUntil(() => project.status('web').state === 'ready' && project.status('web').pid !== pid);

  expect(project.status('web').port).not.toBe(port);
  expect(project.read('logs/events.ndjson')).toContain('"reason":"port-stolen"');
  expect(holder.isAlive()).toBe(true);
});

test('a stranger beside ours on the same port (SO_REUSEPORT) makes the service unhealthy', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --reuse-port', {
    health: { period: '150ms', failureThreshold: 100 },
    restart: 'never',
  });
  await start(project);
  const holder = await holdPort('reuse', port);

  await waitUntil(() => project.status('web').state === 'unhealthy');

  const status = await project.dev(['status']);
  expect(status.code).toBe(1);
  expect(status.stdout).toMatch(/web +unhealthy .* port taken\n/);
  expect(status.stdout).toContain(`port ${port} was taken over by`);
  expect(status.stdout).not.toContain(`pid ${project.status('web').pid}`);
  const json = await project.dev(['status', '--json']);
  expect(JSON.parse(json.stdout).services[0].health).toMatchObject({ verdict: 'unhealthy' });
  const { findings } = JSON.parse((await project.dev(['doctor', '--json'])).stdout);
  const [taken] = findings.filter((each: { readonly group: string }) => each.group === 'ports');
  expect(taken.remedy).toBe(`\`./dev web --force\` takes ${port} back.`);
  expect(taken.what).not.toContain('of this project');
  expect(await project.dev(['web', '--force', '-d'])).toMatchObject({ code: 0 });
  expect(holder.isAlive()).toBe(false);
  expect(project.status('web')).toMatchObject({ state: 'ready', port });
});
