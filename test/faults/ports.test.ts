import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, pidOf, projectWith, projectWithWeb, runsOf, start } from './fault-project.ts';
import { holdPort, NOBODY } from './holder.ts';

const isRoot = process.getuid?.() === 0;

/** Ways to have a port that a look at the listening sockets of our own user does not show. */
const hidden: Readonly<Record<string, { readonly how: string; readonly says: string | RegExp; readonly user?: number }>> = {
  'is bound without listening': { how: 'bound', says: 'PORT' },
  'is the near end of an outgoing connection': { how: 'source', says: 'PORT' },
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
  for (const command of [['start', 'web', '--force'], ['kill-port', String(port), '--yes']]) {
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
    const shell = await run('python3', ['shell.py', String(port)], { cwd: project.root, environment: project.environment });

    expect(shell, `${supervisor}: ${shell.stderr}`).toMatchObject({ code: 1 });
    expect(runsOf(project, '--name web')).toEqual([]);
  }
});

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

test('a port taken away after readiness is noticed, and the stranger is neither ours nor ended', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --let-go "$PORT.go"', {
    health: { period: '150ms', failureThreshold: 2 },
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
    health: { period: '150ms', failureThreshold: 2 },
    restart: 'never',
  });
  await start(project);
  const holder = await holdPort('reuse', port);

  await waitUntil(() => project.status('web').state === 'unhealthy');

  expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  await holder.end();
  await waitUntil(() => project.status('web').state === 'ready');
});

test('a port is another checkout’s from its start on, before its server listens', async () => {
  const port = await reservePort();
  const first = await projectWith({ web: { command: 'node programs/server.mjs --delay 2500', port } }, { folder: 'one' });
  const second = await projectWith({ web: { command: 'node programs/server.mjs', port } }, { folder: 'two' });
  const starting = first.dev(['start', 'web']);
  await waitUntil(() => first.status('web').pid !== null);

  const started = await second.dev(['start', 'web']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain(first.root);
  expect(second.status('web')).toMatchObject({ port: port + 1 });
  expect(await starting).toMatchObject({ code: 0 });
  expect(first.status('web')).toMatchObject({ state: 'ready', port });
});

test('two worktrees: the second names folder and branch of the first, and --force has it stopped over there', async () => {
  const port = await reservePort();
  const first = await projectWith({ web: { command: 'node programs/server.mjs', port } }, { folder: 'main' });
  const second = await worktreeOf(first, 'feature');
  await start(first);
  await start(second);
  await first.dev(['stop']);
  await second.dev(['restart']);
  expect(second.status('web')).toMatchObject({ port });

  const started = await first.dev(['start', 'web']);
  expect(started.stderr).toContain(second.root);
  expect(started.stderr).toContain('feature');
  expect(first.status('web')).toMatchObject({ port: port + 1 });
  const forced = await first.dev(['start', 'web', '--force']);

  expect(forced, forced.stderr).toMatchObject({ code: 0 });
  expect(first.status('web')).toMatchObject({ state: 'ready', port });
  expect(second.status('web')).toMatchObject({ state: 'down', pid: null, restarts: 0 });
  await expectCleanStop(second);
});

/** Another checkout of the same repository on a branch of that name, with the same files. */
async function worktreeOf(first: Project, branch: string): Promise<Project> {
  const config = first.read('devgen.config.yaml');
  const second = await createProject({ files: { ...configFile({}), 'devgen.config.yaml': config }, generated: true, name: branch });
  const git = (...args: readonly string[]): void => {
    const author = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
    execFileSync('git', [...author, ...args], { cwd: first.root, env: { ...first.environment }, stdio: 'pipe' });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('commit', '--quiet', '--allow-empty', '--message=first');
  const tree = join(first.root, '..', 'tree');
  git('worktree', 'add', '--quiet', '-b', branch, tree);
  // Its `.git` file is what makes a folder a worktree.
  second.write('.git', execFileSync('cat', [join(tree, '.git')], { encoding: 'utf8' }));
  return second;
}
