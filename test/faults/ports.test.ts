import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { run } from '../rig/run.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { projectWith, projectWithWeb, runsOf, start } from './fault-project.ts';
import { holdPort, NOBODY } from './holder.ts';

const isRoot = process.getuid?.() === 0;

/** Ways to have a port that a look at the listening sockets of our own user does not show. */
const hidden: Readonly<
  Record<string, { readonly how: string; readonly says: string | RegExp; readonly user?: number }>
> = {
  'is bound without listening': { how: 'bound', says: 'PORT' },
  'is the near end of an outgoing connection': { how: 'source', says: /taken by a connection of `.+` \(pid \d+/ },
  ...(isRoot && { 'is another user’s': { how: '127.0.0.1', says: /user nobody|another user/, user: NOBODY } }),
};

for (const [what, { how, says, user }] of Object.entries(hidden)) {
  test(`a port that ${what} is given up at once, and --force fails and says how to find out who has it`, async () => {
    const { project, port } = await projectWithWeb('node programs/server.mjs');
    const holder = await holdPort(how, port, user === undefined ? {} : { user });

    const started = await project.dev(['start', 'web']);
    expect(started, started.stderr).toMatchObject({ code: 0 });
    expect(project.status('web')).toMatchObject({ state: 'ready', port: port + 1, wantedPort: port });
    expect(started.stderr).toMatch(typeof says === 'string' ? says.replace('PORT', String(port)) : says);
    const forced = await project.dev(['start', 'web', '--force']);

    expect(forced.code).toBe(1);
    expect(forced.stderr).toMatch(/sudo|ss -|lsof/);
    expect(holder.isAlive()).toBe(true);
  });
}

test('Docker’s own process is not ended for the port that it forwards, and the advice is about the container', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs', { onConflict: 'kill' });
  const proxy = await holdPort('127.0.0.1', port, { program: 'docker-proxy' });
  project.write('bin/docker', `#!/bin/sh\ntest "$3" = publish=${port} && echo shop-db-1\n`, 0o755);
  const PATH = `${project.root}/bin:${project.environment.PATH}`;
  const dev = (...args: readonly string[]) => project.dev(args, { environment: { ...project.environment, PATH } });

  const started = await dev('start', 'web');
  const forced = await dev('start', 'web', '--force');
  const killed = await dev('kill-port', String(port), '--yes');

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(project.status('web')).toMatchObject({ state: 'ready', port: port + 1, wantedPort: port });
  expect([forced.code, killed.code]).toEqual([1, 1]);
  for (const { stderr } of [started, forced, killed]) expect(stderr).toContain('`docker stop shop-db-1` ends it');
  expect(proxy.isAlive()).toBe(true);
});

test.runIf(isRoot && process.platform === 'linux')('a port below 1024 is said to need privileges', async () => {
  const port = 1001;
  const project = await projectWith({ web: server('web', port) });
  const powerless = ['--bounding-set=-net_bind_service', './dev', 'start', 'web'];

  const started = await run('setpriv', powerless, { cwd: project.root, environment: project.environment });

  expect(started.code).toBe(1);
  expect(started.stderr).toContain(`port ${port} needs privileges`);
  expect(started.stderr).toContain('above 1023');
});

test('a port whose last connection is in TIME_WAIT is free', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs');
  await holdPort('time-wait', port);

  await start(project);

  expect(project.status('web')).toMatchObject({ state: 'ready', port });
});

test('a stranger on ::1 alone is named and keeps the port, though 127.0.0.1 could be bound', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py');
  const holder = await holdPort('::1', port);

  const started = await project.dev(['start', 'web']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain(`pid ${holder.pid}`);
  expect(project.status('web')).toMatchObject({ port: port + 1 });
  expect(holder.isAlive()).toBe(true);
});

test('--force and kill-port end who listens, never who is connected to it', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs');
  for (const command of [
    ['start', 'web', '--force'],
    ['kill-port', String(port), '--yes'],
  ]) {
    const stranger = await startStranger(port);
    // This very process is the client: were it taken for a holder, nobody would be left to tell.
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    await waitUntil(() => client.readyState === 'open');

    const done = await project.dev(command);

    expect(done, done.stderr).toMatchObject({ code: 0 });
    await waitUntil(() => !stranger.isAlive());
    client.destroy();
    await project.dev(['stop']);
  }
});

test('a port is not taken by --force from the shell that the command was called in', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const project = await projectWith({ web: server('web', port), aside: server('aside', other) });
  project.write(
    'shell.py',
    'import socket, subprocess, sys\nport = socket.create_server(("127.0.0.1", int(sys.argv[1])))\nsys.exit(subprocess.call(["./dev", "start", "web", "--force"]))\n',
  );
  for (const supervisor of ['cold', 'warm']) {
    if (supervisor === 'warm') await start(project, 'aside');
    const shell = await run('python3', ['shell.py', String(port)], {
      cwd: project.root,
      environment: project.environment,
    });

    expect(shell, `${supervisor}: ${shell.stderr}`).toMatchObject({ code: 1 });
    expect(runsOf(project, '--name web')).toEqual([]);
  }
});

test('a fallback is never a port that browsers refuse', async () => {
  const unsafe = 10_080;
  const project = await projectWith({ web: { command: 'node programs/server.mjs', port: unsafe - 1 } });
  await holdPort('127.0.0.1', unsafe - 1);

  await start(project);

  expect(project.status('web').port).toBeGreaterThan(unsafe);
});

test('when one service cannot have its port, no `before` runs and nothing is started', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const project = await projectWith({
    database: { ...server('database', other), before: 'touch migrated' },
    web: { ...server('web', port), port: { number: port, fallback: false }, dependsOn: ['database'] },
  });
  const holder = await holdPort('127.0.0.1', port);

  const started = await project.dev(['up', '-d']);

  expect(started.code).toBe(1);
  expect(started.stderr).toContain(`pid ${holder.pid}`);
  expect(() => project.read('migrated')).toThrow('ENOENT');
  expect(runsOf(project)).toEqual([]);
});
