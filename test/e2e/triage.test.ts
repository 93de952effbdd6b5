import { expect, test } from 'vitest';
import { ask } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';

for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
  test(`a stranger on ${host} is named and lives on while the service falls back`, async () => {
    const port = await reservePort();
    const project = await createProject({ files: configFile({ backend: server('backend', port) }), generated: true });
    const stranger = await startStranger(port, ['--host', host]);

    const started = await project.dev(['start', 'backend']);

    expect(started, started.stderr).toMatchObject({ code: 0 });
    expect(started.stderr).toContain(`pid ${stranger.pid}`);
    expect(project.status('backend')).toMatchObject({ state: 'ready', port: port + 1, wantedPort: port });
    expect(await ask(`http://localhost:${port + 1}`)).toMatchObject({ server: 'backend', PORT: String(port + 1) });
    expect(stranger.isAlive()).toBe(true);
  });
}

test('a stranger that takes the port while the service boots is never taken for it', async () => {
  const port = await reservePort();
  const driver = await openDriver();
  const project = await createProject({
    files: configFile({ backend: server('backend', port, driver.options) }),
    generated: true,
  });

  const starting = project.dev(['start', 'backend']);
  await driver.next();
  const stranger = await startStranger(port);
  const second = await driver.next();
  await second.tell('listen');
  const started = await starting;

  expect(started, started.stderr).toMatchObject({ code: 0 });
  const status = project.status('backend');
  expect(status).toMatchObject({ state: 'ready', port: port + 1, wantedPort: port });
  expect(await ask(`http://localhost:${status.port}`)).toMatchObject({ server: 'backend', pid: second.pid });
  expect(stranger.isAlive()).toBe(true);
});

test('a service that keeps booting while a stranger answers on its port is not ready', async () => {
  const port = await reservePort();
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port, '--never-listen'), health: { startTimeout: '3s' } } }),
    generated: true,
  });

  const starting = project.dev(['start', 'backend']);
  await waitUntil(() => project.status('backend').state === 'starting');
  const stranger = await startStranger(port);
  const started = await starting;

  expect(started.code).toBe(1);
  expect(project.status('backend').state).not.toBe('ready');
  expect(started.stderr).toContain(`port ${port}`);
  expect(started.stderr).toContain(`pid ${stranger.pid}`);
});

test('a stranger that takes the port after the service lost it is not reported as the service', async () => {
  const port = await reservePort();
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port, '--crash-after 1500'), restart: 'never' } }),
    generated: true,
  });
  expect(await project.dev(['start', 'backend'])).toMatchObject({ code: 0 });
  await waitUntil(() => project.status('backend').state !== 'ready');
  await startStranger(port);

  const status = await project.dev(['status', 'backend']);
  const health = await project.dev(['health', 'backend']);

  expect(status.code).toBe(1);
  expect(health.code).toBe(1);
  expect(project.status('backend').state).not.toBe('ready');
});

test('what to do about a stranger on the port of the command line repeats that port', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port), onConflict: 'fail' } }),
    generated: true,
  });
  await startStranger(other);

  const started = await project.dev(['start', 'backend', '--port', String(other)]);

  expect(started.code).toBe(1);
  expect(started.stderr).not.toContain('and so is');
  expect(started.stderr).toContain(`hint: \`./dev backend --force --port ${other}\` takes ${other} back.`);
});

test('`onConflict: fail` names the stranger, starts nothing and says how to get the port', async () => {
  const port = await reservePort();
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port), onConflict: 'fail' } }),
    generated: true,
  });
  const stranger = await startStranger(port);

  const started = await project.dev(['start', 'backend']);

  expect(started.code).toBe(1);
  expect(started.stderr).toContain(`port ${port} is taken by`);
  expect(started.stderr).toContain(`pid ${stranger.pid}`);
  expect(started.stderr).toContain('`./dev backend --force`');
  expect(stranger.isAlive()).toBe(true);
});

test('--force ends a stranger that ignores SIGTERM and starts on the wanted port', async () => {
  const port = await reservePort();
  const project = await createProject({ files: configFile({ backend: server('backend', port) }), generated: true });
  const stranger = await startStranger(port, ['--ignore-term']);

  const started = await project.dev(['start', 'backend', '--force']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  await waitUntil(() => !stranger.isAlive());
  expect(await ask(`http://localhost:${port}`)).toMatchObject({ server: 'backend' });
});

test('the grace of `onConflict` is how long a stranger has before it is killed', async () => {
  const port = await reservePort();
  const onConflict = { policy: 'kill', grace: '200ms' };
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port), onConflict } }),
    generated: true,
  });
  const stranger = await startStranger(port, ['--ignore-term']);

  const started = await project.dev(['start', 'backend']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(stranger.output()).toContain('SIGTERM ignored');
  expect(started.tookMs).toBeLessThan(5000);
  expect(project.status('backend')).toMatchObject({ state: 'ready', port });
});

test('the wanted port is taken again when it is free', async () => {
  const port = await reservePort();
  const project = await createProject({ files: configFile({ backend: server('backend', port) }), generated: true });
  const stranger = await startStranger(port);
  await project.dev(['start', 'backend']);
  expect(project.status('backend').port).toBe(port + 1);
  process.kill(stranger.pid, 'SIGKILL');
  await waitUntil(() => !stranger.isAlive());

  await project.dev(['restart', 'backend']);

  expect(project.status('backend')).toMatchObject({ state: 'ready', port });
});

test('a service that listens elsewhere than told is found there, and the difference is reported', async () => {
  const [port, elsewhere] = [await reservePort(), await reservePort()];
  const project = await createProject({
    files: configFile({ backend: server('backend', port, `--wrong-port ${elsewhere}`) }),
    generated: true,
  });

  const started = await project.dev(['start', 'backend']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain(`was told port ${port} but listens on ${elsewhere}`);
  expect(project.status('backend')).toMatchObject({ state: 'ready', port: elsewhere });
});

test('services that want the same port both run, and each knows where the other is', async () => {
  const port = await reservePort();
  const project = await createProject({
    files: configFile({ backend: server('backend', port), frontend: server('frontend', port) }),
    generated: true,
  });

  const started = await project.dev(['up', '-d']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  const [backend, frontend] = [project.status('backend').port, project.status('frontend').port];
  expect(new Set([backend, frontend])).toEqual(new Set([port, port + 1]));
  expect(await ask(`http://localhost:${backend}`)).toMatchObject({ FRONTEND_URL: `http://localhost:${frontend}` });
  expect(await ask(`http://localhost:${frontend}`)).toMatchObject({ BACKEND_URL: `http://localhost:${backend}` });
});

test('two checkouts of one project run side by side, and the second names the first', async () => {
  const port = await reservePort();
  const files = configFile({ backend: server('backend', port) });
  const first = await createProject({ files, generated: true, name: 'first' });
  const second = await createProject({ files, generated: true, name: 'second' });
  await first.dev(['start', 'backend']);

  const started = await second.dev(['start', 'backend']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain(`\`backend\` of the checkout ${first.root}`);
  expect(first.status('backend')).toMatchObject({ state: 'ready', port });
  expect(second.status('backend')).toMatchObject({ state: 'ready', port: port + 1 });
});
