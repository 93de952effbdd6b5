import { readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ask, isPortFree } from '../rig/ask.ts';
import { configFile, type Services, server } from '../rig/config.ts';
import { createEngineProject, type FakeService } from '../rig/fake-engine.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { startStranger } from '../rig/stranger.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

/** A database, a server that needs it, and one that does not. */
async function create(db: FakeService = {}, extra: Services = {}, programs?: readonly string[]) {
  const [port, other] = [await reservePort(), await reservePort()];
  const services = {
    db: { container: 'db', port, ...extra.db },
    api: { ...server('api', other), dependsOn: ['db'] },
    web: server('web', other + 1),
    ...(extra.cache && { cache: extra.cache }),
  };
  const engine = await createEngineProject(configFile(services), { db: { port, ...db } }, programs);
  return { ...engine, port };
}

test('a container is brought up, awaited, followed in its log, and stopped to the last', async () => {
  const { project, port, isUp, calls } = await create();

  const started = await project.dev(['start', 'api']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stdout).toContain(`db: ready at http://localhost:${port}`);
  expect(started.stderr).toContain('db: running `docker compose up --detach db` first');
  expect(await ask(`http://127.0.0.1:${port}`)).toMatchObject({ server: 'db' });
  await waitUntil(() => project.read('logs/db.log').includes('db: ready to serve'));
  const again = await project.dev(['start', 'db']);
  expect(again.stdout).toContain(`db: already running at http://localhost:${port}`);

  const stopped = await project.dev(['stop']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect([isUp('db'), await isPortFree(port)]).toEqual([false, true]);
  expect(calls().filter((call) => /^(compose up|stop|kill)/.test(call))).toHaveLength(2);
  expect(project.status('db')).toMatchObject({ state: 'down', pid: null });
});

test('a container that was up before is used as it is, and left up', async () => {
  const { project, docker, isUp, calls } = await create();
  await docker('compose', 'up', '--detach', 'db');
  project.write('engine/requires', 'DB_PORT');

  const started = await project.dev(['start', 'db']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain('db: its container is up already');
  const stopped = await project.dev(['stop']);
  expect(stopped.stderr).toContain('db: its container was up before and stays up');
  expect(stopped.code).toBe(0);
  expect(isUp('db')).toBe(true);
  expect(calls().filter((call) => /^(stop|kill)/.test(call))).toEqual([]);
});

test('a container that a person stops is told as ended, and the next start brings it up again', async () => {
  const { project, docker, define, idOf, isUp, calls } = await create({ needs: ['storage'] });
  define('storage', {});
  await project.dev(['start', 'db']);

  await docker('stop', idOf('db') ?? '');

  await waitUntil(() => project.status('db').state === 'down');
  expect(isUp('storage'), 'what compose began beside it').toBe(false);
  expect(calls().filter((call) => call.startsWith('kill'))).toEqual([]);
  const started = await project.dev(['start', 'db']);
  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(isUp('db')).toBe(true);
});

test('a container that a person started again since is left up', async () => {
  const { project, docker, idOf, isUp } = await create();
  await project.dev(['start', 'db']);
  const id = idOf('db') ?? '';
  await docker('stop', id);
  await docker('start', id);

  await project.dev(['stop']);

  expect(isUp('db')).toBe(true);
});

test('what compose starts with a container is stopped with it', async () => {
  const { project, define, isUp } = await create({ needs: ['storage'] });
  define('storage', {});
  await project.dev(['start', 'db']);
  expect(isUp('storage')).toBe(true);

  await project.dev(['stop']);

  expect([isUp('db'), isUp('storage')]).toEqual([false, false]);
});

test('a stranger on the port of a container is named, and no other port is taken', async () => {
  const { project, port, calls } = await create();
  const stranger = await startStranger(port);

  const started = await project.dev(['start', 'db']);

  expect(started.code).toBe(1);
  expect(started.stdout + started.stderr).toContain(`port ${port} is taken by`);
  expect(stranger.isAlive()).toBe(true);
  expect(calls().filter((call) => call.startsWith('compose up'))).toEqual([]);
});

test('without its daemon it is said once, what does not need it starts, and what does says why not', async () => {
  const { project } = await create();
  project.write('engine/down', '');

  const started = await project.dev(['start', 'db', 'api', 'web']);

  expect(started.code).toBe(1);
  expect(started.stderr).toMatch(/^db: not started: it is a container, and `docker` is not running \(Cannot connect/m);
  expect(started.stderr).toMatch(/^api: not started: `db`, which it depends on, failed/m);
  expect(started.stdout).toMatch(/^web: ready/m);
});

test('an image that cannot be had is told in the words of compose', async () => {
  const { project } = await create({ missing: true, image: 'nowhere/db:1' });

  const started = await project.dev(['start', 'db']);

  expect(started.code).toBe(1);
  expect(started.stderr).toContain('db: not started: `docker compose up --detach db` ended with exit code 1');
  expect(started.stderr).toContain('pull access denied for nowhere/db:1');
});

test('a container that its own health check calls unhealthy is unhealthy, and well again when that says so', async () => {
  const health = { period: '200ms', failureThreshold: 1 };
  const { project, define, port } = await create({ health: 'starting' }, { db: { health } });
  const starting = project.dev(['start', 'db']);
  await waitUntil(() => project.status('db').state === 'starting');

  define('db', { port, health: 'healthy' });
  expect(await starting).toMatchObject({ code: 0 });
  define('db', { port, health: 'unhealthy' });
  await waitUntil(() => project.status('db').state === 'unhealthy');
  define('db', { port, health: 'healthy' });

  await waitUntil(() => project.status('db').state === 'ready');
});

test('--force has the engine stop and start the container, and signals none of its processes', async () => {
  const { project, calls, isUp } = await create();
  await project.dev(['start', 'db']);

  const forced = await project.dev(['start', 'db', '--force']);

  expect(forced, forced.stderr).toMatchObject({ code: 0 });
  const changes = calls().filter((call) => /^(compose up|stop|kill)/.test(call));
  expect(changes.map((call) => call.split(' ')[0])).toEqual(['compose', 'stop', 'compose']);
  expect(isUp('db')).toBe(true);
});

test('kill has the engine kill it', async () => {
  const { project, calls, isUp } = await create();
  await project.dev(['start', 'db']);

  const killed = await project.dev(['kill', 'db']);

  expect(killed, killed.stderr).toMatchObject({ code: 0 });
  expect(isUp('db')).toBe(false);
  expect(calls().at(-2)).toMatch(/^kill /);
});

test('when the supervisor is killed the container goes on, and is stopped by the next one', async () => {
  const { project, isUp } = await create();
  await project.dev(['start', 'db']);
  killQuietly(project.status('db').supervisor?.pid ?? 0);
  expect(isUp('db')).toBe(true);

  const stopped = await project.dev(['stop']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(isUp('db')).toBe(false);
});

test('when what follows its log is killed, another one takes its place', async () => {
  const { project, isUp } = await create();
  await project.dev(['start', 'db']);
  const { pid } = project.status('db');

  killQuietly(pid ?? 0);

  await waitUntil(() => ![pid, null].includes(project.status('db').pid));
  expect(project.status('db').state).toBe('ready');
  await project.dev(['stop']);
  expect(isUp('db')).toBe(false);
});

test('--fg has a container’s log on this terminal, and what ends it there stops the container', async () => {
  const { project, port, isUp } = await create();
  const terminal = openTerminal(project, './dev', ['db', '--fg']);
  await terminal.see('db: ready to serve');
  await waitUntil(() => project.status('db').state === 'ready');
  expect(await ask(`http://127.0.0.1:${port}`)).toMatchObject({ server: 'db' });

  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(130);
  expect(isUp('db')).toBe(false);
  expect(project.status('db').state).toBe('down');
});

test('docker-compose serves where docker knows no compose', async () => {
  const { project } = await create({}, {}, ['docker', 'docker-compose']);
  project.write('engine/no-compose', '');

  const started = await project.dev(['start', 'db']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain('db: running `docker-compose up --detach db` first');
});

test('podman serves where there is no Docker', async () => {
  const { project, docker, isUp, calls } = await create({}, {}, ['docker', 'docker-compose', 'podman']);
  project.write('engine/only-podman', '');

  const started = await project.dev(['start', 'db']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain('db: running `podman compose up --detach db` first');
  expect(JSON.parse(project.read('logs/.devgen/runs/db.json')).container).toMatchObject({ engine: 'podman' });
  expect(await docker('version')).toBe('');
  expect((await project.dev(['stop'])).code).toBe(0);
  expect(isUp('db')).toBe(false);
  expect(calls().some((call) => /^stop /.test(call))).toBe(true);
});

test('a container that does not publish the port of its service is not ready, and says which it does publish', async () => {
  const { project, port, define } = await create({}, { db: { health: { startTimeout: '1s' } } });
  define('db', { port: port + 5 });

  const started = await project.dev(['start', 'db']);

  expect(started.code).toBe(1);
  expect(started.stderr).toContain(`its container does not publish port ${port} (it publishes ${port + 5})`);
});

test('nuke stops it and leaves the processes of the engine alone', async () => {
  const { project, calls, isUp } = await create();
  await project.dev(['start', 'db']);

  const nuked = await project.dev(['nuke', '--yes']);

  expect(nuked, nuked.stderr).toMatchObject({ code: 0 });
  expect(isUp('db')).toBe(false);
  expect(calls().some((call) => /^(?:stop|kill) /.test(call))).toBe(true);
  expect(readFileSync(`${project.root}/logs/db.log`, 'utf8')).toContain('ready to serve');
});

test('doctor finds nothing wrong with a container that runs, and says when its engine does not', async () => {
  const { project } = await create();
  project.write('engine/requires', 'PORT');
  await project.dev(['start', 'db']);
  const well = await project.dev(['doctor', 'db']);
  expect(well.stdout).not.toMatch(/`db`|docker/);
  await project.dev(['stop']);
  project.write('engine/down', '');

  const ill = await project.dev(['doctor', 'db']);

  expect(ill.code).toBe(1);
  expect(ill.stdout).toContain('`db`: not started: it is a container, and `docker` is not running');
});

test('what compose began before it failed or was interrupted is ended, and another service of its project waits no longer than it likes', {
  timeout: 60_000,
}, async () => {
  const { project, define, isUp } = await create(
    { needs: ['storage'], pulls: true },
    { cache: { container: 'cache' } },
  );
  define('storage', {});
  define('cache', {});
  const starting = project.dev(['start', 'db']);
  await waitUntil(() => isUp('storage'));
  const waiting = project.dev(['start', 'cache']);
  await waitUntil(() => project.status('cache').state === 'starting');

  const left = await project.dev(['stop', 'cache']);
  expect(left, left.stderr).toMatchObject({ code: 0 });
  expect(await waiting).toMatchObject({ code: 1 });
  expect(project.status('db').state).toBe('starting');
  const stopped = await project.dev(['stop', 'db']);
  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(await starting).toMatchObject({ code: 1 });
  expect([isUp('storage'), isUp('db'), isUp('cache')]).toEqual([false, false, false]);

  const again = project.dev(['start', 'db']);
  await waitUntil(() => isUp('storage'));
  project.write('engine/down', '');
  const silent = await project.dev(['stop', 'db']);
  expect(silent.code).toBe(1);
  expect(silent.stdout + silent.stderr).toMatch(/what compose may have begun for `db`.*\n.*`\.\/dev stop` ends it/);
  await again;
  rmSync(`${project.root}/engine/down`);
  expect(await project.dev(['stop', 'db'])).toMatchObject({ code: 0 });
  expect(isUp('storage')).toBe(false);

  define('broken', { missing: true, image: 'nowhere/db:1' });
  define('db', { needs: ['storage', 'broken'] });
  const failed = await project.dev(['start', 'db']);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('pull access denied for nowhere/db:1');
  expect(isUp('storage')).toBe(false);
});

test('when the supervisor is killed while compose is at work, the next one ends both what began and compose', async () => {
  const { project, define, isUp } = await create({ needs: ['storage'], pulls: true });
  define('storage', {});
  const starting = project.dev(['start', 'db']);
  await waitUntil(() => isUp('storage'));
  // The command that waits would begin another supervisor, and the start anew.
  for (const name of ['front.cjs', 'supervisor.cjs']) {
    for (const { pid, command } of project.processes()) if (command.includes(name)) killQuietly(pid);
  }
  await starting;

  const stopped = await project.dev(['stop']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(isUp('storage')).toBe(false);
  project.write('engine/pulled', '');
  await waitUntil(() => project.processes().length === 0);
  expect(isUp('db')).toBe(false);
});

test('a container that cannot be stopped is said, and the next stop ends it, whichever supervisor does', async () => {
  const { project, define, idOf, isUp, docker } = await create({ needs: ['storage'] });
  define('storage', {});
  await project.dev(['start', 'db']);
  await docker('stop', idOf('db') ?? '');
  await waitUntil(() => project.status('db').state === 'down');
  expect(isUp('storage')).toBe(false);

  await project.dev(['start', 'db']);
  project.write('engine/stuck', '');
  killQuietly(JSON.parse(await docker('inspect', idOf('db') ?? '')).state.Pid);
  await waitUntil(() => project.read('logs/events.ndjson').includes('stop-incomplete'));
  for (const supervisor of [project.status('db').supervisor, null]) {
    if (supervisor !== null) killQuietly(supervisor.pid);
    const incomplete = await project.dev(['stop']);
    expect(incomplete.code).toBe(1);
    expect(incomplete.stdout + incomplete.stderr).toMatch(/db: not fully stopped: .*\n.*container test-storage-1/);
  }
  rmSync(`${project.root}/engine/stuck`);

  const stopped = await project.dev(['stop']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(isUp('storage')).toBe(false);
});
