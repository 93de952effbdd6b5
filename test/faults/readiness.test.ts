import { expect, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import { isLiving } from '../rig/processes.ts';
import { replaceRuntime } from '../rig/replace-runtime.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { CERTIFICATE, KEY } from '../runtime-health/tls-certificate.ts';
import {
  expectCleanStop,
  killSupervisor,
  pidOf,
  projectWithWeb,
  runsOf,
  start,
  startedProject,
} from './fault-project.ts';
import { holdPort } from './holder.ts';

for (const address of ['127.0.0.1', '::1']) {
  test(`a server on ${address} alone is ready, and reached at the URL that is told`, async () => {
    const { project, port } = await projectWithWeb(`python3 programs/web.py --address ${address}`);

    await start(project);

    expect(project.status('web')).toMatchObject({ state: 'ready', port });
    expect(await project.dev(['health'])).toMatchObject({ code: 0 });
    expect((await fetch(project.status('web').url ?? '')).status).toBe(200);
  });
}

test('a redirect to another host is an answer, and is not followed', async () => {
  const { project: target, port: elsewhere } = await projectWithWeb('python3 programs/web.py');
  await start(target);
  const asked = () => target.read('logs/web.log').split('asked for').length;
  const before = asked();
  const { project } = await projectWithWeb(`python3 programs/web.py --redirect http://127.0.0.1:${elsewhere}/`, {
    health: '/',
  });

  await start(project);

  expect(project.status('web').state).toBe('ready');
  expect(asked()).toBe(before);
});

test('a server with a certificate of its own making is ready', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --tls tls', {});
  project.write('tls/cert.pem', CERTIFICATE);
  project.write('tls/key.pem', KEY);
  const config = project.read('devgen.config.yaml');
  const health = `"health": "https://localhost:${port}/", "command":`;
  project.write('devgen.config.yaml', config.replace('"command":', health));

  await start(project);

  expect(project.status('web').state).toBe('ready');
  expect(project.read('logs/web.log')).toContain('asked for /');
});

test('a proxy in the environment is asked neither about our own servers nor about what they wait for', async () => {
  const { port: other } = await startStranger(await reservePort());
  const { project } = await projectWithWeb('python3 programs/web.py', {
    health: { http: '/', startTimeout: '5s' },
    waitFor: [`http-get://127.0.0.1:${other}/`],
  });
  const proxy = `http://127.0.0.1:${await reservePort()}`;
  const environment = { HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy, all_proxy: proxy };

  const started = await project.dev(['up', '-d'], { environment });

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(await project.dev(['health'], { environment })).toMatchObject({ code: 0 });
});

test('a health path that answers 404 fails the start, and the message names path, status and key', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --only /', {
    health: { http: '/api/status', startTimeout: '1s' },
  });

  const started = await project.dev(['start', 'web']);

  expect(started.code).toBe(1);
  expect(started.stderr).toContain(`http://localhost:${port}/api/status`);
  expect(started.stderr).toContain('404');
  expect(started.stderr).toContain('health');
});

test('a server that compiles before its first answer is asked once, and ready when it answers', async () => {
  const { project } = await projectWithWeb('python3 programs/web.py --slow 2.5', {
    health: { http: '/', timeout: '1s' },
  });

  const started = await project.dev(['start', 'web']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.tookMs).toBeGreaterThan(2500);
  const asked = project.read('logs/web.log').split('asked for').length - 1;
  expect(asked).toBeLessThanOrEqual(2);
});

test('a reloader over broken code is alive and not ready, says its error, and turns ready when the code is mended', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --mended mended', {
    health: { http: '/', startTimeout: '1s' },
  });

  const started = await project.dev(['start', 'web']);
  expect(started.code).toBe(1);
  expect(started.stderr).toContain('SyntaxError: broken code');
  const pid = pidOf(project, 'web');
  expect(isLiving(pid)).toBe(true);
  expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  project.write('mended', '');

  await waitUntil(() => project.status('web').state === 'ready');
  expect(project.status('web')).toMatchObject({ pid, port });
  await expectCleanStop(project, port);
});

test('a crash loop is left after the allowed restarts, the first at once and each after a longer pause, with the reason and the last lines', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs --name web --crash-after 300', {
    restart: { maxRestarts: 2, backoff: { initial: '50ms', max: '150ms' } },
  });
  await start(project);

  await waitUntil(() => project.status('web').state === 'failed');

  const status = await project.dev(['status', '--detailed']);
  expect(status.code).toBe(1);
  expect(status.stdout).toContain('web: crashed');
  const events = project.read('logs/events.ndjson');
  expect([...events.matchAll(/"backing-off","delayMs":(\d+)/g)].map(([, delay]) => Number(delay))).toEqual([0, 50]);
  expect(events).toContain('crash-loop');
  expect(runsOf(project, 'server.mjs')).toEqual([]);
  await expectCleanStop(project, port);
});

test('a program that ends with its stdin lives on when the supervisor is killed', async () => {
  const project = await startedProject({ worker: { command: 'cat' } });
  const pid = pidOf(project, 'worker');
  await killSupervisor(project);

  await start(project);

  expect(project.status('worker')).toMatchObject({ state: 'ready', pid });
  await expectCleanStop(project);
});

test('what a stranger answers on the port of a service that died unseen is never taken for the service', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py');
  await start(project);
  const pid = pidOf(project, 'web');
  await killSupervisor(project);
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => !isLiving(pid));
  const holder = await holdPort('127.0.0.1', port);

  expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  expect(await project.dev(['health'])).toMatchObject({ code: 1 });
  const started = await project.dev(['start', 'web']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain(`pid ${holder.pid}`);
  expect(project.status('web').port).not.toBe(port);
  expect(holder.isAlive()).toBe(true);
});

test('a new version of the runtime takes over the services of the old one', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs');
  await start(project);
  const pid = pidOf(project, 'web');
  const supervisor = project.status('web').supervisor?.pid ?? 0;
  replaceRuntime(project);

  await start(project);

  expect(project.status('web')).toMatchObject({ state: 'ready', pid, port });
  expect(isLiving(supervisor)).toBe(false);
  await expectCleanStop(project, port);
});
