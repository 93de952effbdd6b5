import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, pidOf, projectWith, start, startedProject } from './fault-project.ts';
import { holdPort } from './holder.ts';

test('a restart in which one service cannot have its port leaves all of them running', async () => {
  const [port, other, taken] = [await reservePort(), await reservePort(), await reservePort()];
  const services = { web: server('web', port), api: { ...server('api', other), onConflict: 'fail' } };
  const project = await startedProject(services);
  const pids = [pidOf(project, 'web'), pidOf(project, 'api')];
  const moved = { ...services, api: { ...services.api, port: taken } };
  project.write('devgen.config.yaml', configFile(moved)['devgen.config.yaml'] ?? '');
  const holder = await holdPort('127.0.0.1', taken);

  const restarted = await project.dev(['restart']);

  expect(restarted.code).toBe(1);
  expect(restarted.stderr).toContain(`pid ${holder.pid}`);
  expect([pidOf(project, 'web'), pidOf(project, 'api')]).toEqual(pids);
  expect(project.status('web')).toMatchObject({ state: 'ready', port });
  expect(project.status('api')).toMatchObject({ state: 'ready', port: other });
});

test('a running service whose new port is taken goes on where it is', async () => {
  const [port, taken] = [await reservePort(), await reservePort()];
  const project = await startedProject({ web: server('web', port) });
  const pid = pidOf(project, 'web');
  const holder = await holdPort('127.0.0.1', taken);

  const moved = await project.dev(['start', 'web', '--port', String(taken)]);

  expect(moved.code).toBe(1);
  expect(moved.stderr).toContain(`pid ${holder.pid}`);
  expect(project.status('web')).toMatchObject({ state: 'ready', port, pid });
  await holder.end();
  expect(await project.dev(['start', 'web', '--port', String(taken)])).toMatchObject({ code: 0 });
  expect(project.status('web')).toMatchObject({ state: 'ready', port: taken });
});

test('two services swap their ports in one restart', async () => {
  const [one, two] = [await reservePort(), await reservePort()];
  const project = await startedProject({ web: server('web', one), api: server('api', two) });
  const swapped = { web: server('web', two), api: server('api', one) };
  project.write('devgen.config.yaml', configFile(swapped)['devgen.config.yaml'] ?? '');

  const restarted = await project.dev(['restart']);

  expect(restarted, restarted.stderr).toMatchObject({ code: 0 });
  expect(project.status('web')).toMatchObject({ state: 'ready', port: two });
  expect(project.status('api')).toMatchObject({ state: 'ready', port: one });
});

test('a start waits neither for a stubborn restart of another service nor for its end', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const project = await projectWith({
    slow: { ...server('slow', port, '--ignore-term'), stop: { grace: '20s' } },
    other: server('other', other),
  });
  await start(project, 'slow');
  const restarting = project.dev(['restart', 'slow']);
  await waitUntil(() => project.status('slow').state === 'stopping');

  const started = await project.dev(['start', 'other']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(project.status('slow').state).toBe('stopping');
  await project.dev(['kill', 'slow']);
  await restarting;
  await project.dev(['kill']);
});

test('a stubborn stranger that one checkout ends does not keep another checkout waiting', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const first = await projectWith({ web: server('web', port) }, { folder: 'one' });
  const second = await projectWith({ web: server('web', other) }, { folder: 'two' });
  const stranger = await startStranger(port, ['--ignore-term']);
  const forcing = first.dev(['start', 'web', '--force']);
  await waitUntil(() => stranger.output().includes('SIGTERM ignored'));

  await start(second, 'web');

  expect(stranger.isAlive()).toBe(true);
  expect(await forcing).toMatchObject({ code: 0 });
  expect(first.status('web')).toMatchObject({ state: 'ready', port });
});

test('a port that is asked for while `before` runs for another one is the port of the start', async () => {
  const [port, asked] = [await reservePort(), await reservePort()];
  const project = await projectWith({
    web: { ...server('web', port), before: 'sh -c "until [ -e go ]; do sleep 0.05; done"' },
  });
  const beginnings = (): number => project.read('logs/events.ndjson').split('"reason":"before"').length - 1;
  const first = project.dev(['start', 'web']);
  await waitUntil(() => beginnings() === 1);
  const second = project.dev(['start', 'web', '--port', String(asked)]);
  await waitUntil(() => beginnings() === 2);
  project.write('go', '');

  expect(await second).toMatchObject({ code: 0 });
  expect(await first).toMatchObject({ code: 0 });
  expect(project.status('web')).toMatchObject({ state: 'ready', port: asked });
  await expectCleanStop(project, port, asked);
});

test('an automatic restart leaves a port that another checkout has claimed meanwhile to that checkout', async () => {
  const port = await reservePort();
  const [driver, other] = [await openDriver(), await openDriver()];
  const restart = { backoff: { initial: '5s' } };
  const first = await projectWith({ web: { ...server('one', port, driver.options), restart } }, { folder: 'one' });
  const second = await projectWith({ web: server('two', port, other.options) }, { folder: 'two' });
  const starting = first.dev(['start', 'web']);
  const run = await driver.next();
  await run.tell('listen');
  await starting;

  await run.tell('exit 1');
  const restarted = await driver.next(); // At once; the next restart waits.
  await restarted.tell('exit 1');
  const claiming = second.dev(['start', 'web']);
  const claimed = await other.next();
  const again = await driver.next();
  await claimed.tell('listen');
  await again.tell('listen');

  expect(await claiming).toMatchObject({ code: 0 });
  expect(second.status('web')).toMatchObject({ state: 'ready', port });
  await waitUntil(() => first.status('web').state === 'ready');
  expect(first.status('web')).toMatchObject({ wantedPort: port });
  expect(first.status('web').port, 'one of its own').toBeGreaterThan(port);
});
