import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask } from '../rig/ask.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving } from '../rig/processes.ts';
import { type Project, statusFile } from '../rig/project.ts';
import { type Finished, run } from '../rig/run.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';
import {
  expectCleanStop,
  killSupervisor,
  pidOf,
  projectWith,
  projectWithWeb,
  removeLogs,
  runsOf,
  start,
  supervisorsOf,
} from './fault-project.ts';
import { mayMount, mount, remountReadOnly, unmount } from './mounts.ts';

const SERVER = 'node programs/server.mjs --name web';

test('when the socket is removed, the next command reaches the same supervisor and the same run', async () => {
  const { project, port } = await projectWithWeb(SERVER);
  await start(project);
  const { pid, supervisor } = project.status('web');
  const socket = socketOf(project);
  rmSync(socket);

  await start(project);

  expect(project.status('web')).toMatchObject({ pid, port, supervisor: { pid: supervisor?.pid } });
  expect(supervisorsOf(project)).toHaveLength(1);
  await expectCleanStop(project, port);
});

test('two shells with runtime folders of their own have one supervisor for a checkout, also when its socket is gone', async () => {
  const { project, port } = await projectWithWeb(SERVER);
  const shells = [temporaryFolder(), temporaryFolder()].map((folder) => ({ XDG_RUNTIME_DIR: folder }));
  const [one, other] = shells;
  const started = await project.dev(['up', '-d'], { environment: { ...one } });
  expect(started, started.stderr).toMatchObject({ code: 0 });
  const { pid, supervisor } = project.status('web');
  // Stopped, so that it restores nothing before the other shell has tried to have a supervisor of its own.
  process.kill(supervisor?.pid ?? 0, 'SIGSTOP');
  rmSync(socketOf(project));

  const starting = project.dev(['up', '-d'], { environment: { ...other } });
  await waitUntil(() => supervisorsOf(project).length > 1);
  await waitUntil(
    () => supervisorsOf(project).length === 1 || project.status('web').supervisor?.pid !== supervisor?.pid,
  );
  process.kill(supervisor?.pid ?? 0, 'SIGCONT');

  expect(await starting).toMatchObject({ code: 0 });
  // The one that was told that the lock is held may still be on its way out.
  await waitUntil(() => supervisorsOf(project).length === 1);
  expect(supervisorsOf(project).map((each) => each.pid)).toEqual([supervisor?.pid]);
  expect(project.status('web')).toMatchObject({ pid, port, supervisor: { pid: supervisor?.pid } });
  await expectCleanStop(project, port);
});

test('a checkout that lies deep is reached from every shell, also when the runtime folder was removed', async () => {
  const port = await reservePort();
  const folder = 'deep'.repeat(30);
  const project = await projectWith({ web: { command: SERVER, port } }, { folder });
  const elsewhere = { XDG_RUNTIME_DIR: temporaryFolder() };
  const session = { XDG_RUNTIME_DIR: temporaryFolder() };
  const started = await project.dev(['up', '-d'], { environment: session });
  expect(started, started.stderr).toMatchObject({ code: 0 });

  expect(await project.dev(['restart'], { environment: elsewhere })).toMatchObject({ code: 0 });
  expect(supervisorsOf(project)).toHaveLength(1);
  rmSync(session.XDG_RUNTIME_DIR, { recursive: true });
  const stopped = await project.dev(['stop'], { environment: elsewhere });

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(runsOf(project)).toEqual([]);
  expect(project.read('logs/devgen.log')).not.toContain('ERROR');
});

test('when logs/ is removed, it comes back with the truth in it, and nothing is started twice', async () => {
  const { project, port } = await projectWithWeb(SERVER);
  await start(project);
  const pid = pidOf(project, 'web');
  await removeLogs(project);

  await waitUntil(() => existsSync(join(project.root, 'logs/web_status.json')));
  expect(await project.dev(['status'])).toMatchObject({ code: 0 });
  await start(project);

  expect(project.status('web')).toMatchObject({ state: 'ready', pid, port });
  await killSupervisor(project);
  await start(project);
  expect(pidOf(project, 'web')).toBe(pid);
  await expectCleanStop(project, port);
});

test('when logs/ is removed and the supervisor killed, stop and start find the run all the same', async () => {
  const { project, port } = await projectWithWeb(SERVER);
  for (const verb of ['start', 'stop']) {
    await start(project);
    const pid = pidOf(project, 'web');
    await killSupervisor(project);
    await removeLogs(project);

    expect(await project.dev([verb])).toMatchObject({ code: 0 });
    expect(isLiving(pid)).toBe(false);
    expect(runsOf(project, 'server.mjs')).toHaveLength(verb === 'start' ? 1 : 0);
  }
  await expectCleanStop(project, port);
});

test.skipIf(!mayMount)(
  'logs/ read-only: status and stop go on, a start says what cannot be written (needs root)',
  async () => {
    const { project, port } = await projectWithWeb(SERVER);
    await start(project);
    const logs = join(project.root, 'logs');
    mount(logs, '--bind', logs);
    await waitUntil(() => remountReadOnly(logs));

    expect(await project.dev(['status'])).toMatchObject({ code: 0 });
    const stopped = await project.dev(['stop']);
    expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
    expect(runsOf(project)).toEqual([]);
    const started = await project.dev(['start', 'web']);
    expect(started.code).toBe(1);
    expect(started.stderr).toContain('EROFS');
    expect(started.stderr).toContain('logs');

    unmount(logs);
    await start(project);
    await expectCleanStop(project, port);
  },
);

test.skipIf(!mayMount)(
  'a full disk: status stays whole, a start says what cannot be written, and space mends it (needs root)',
  async () => {
    const { project, port } = await projectWithWeb('python3 programs/web.py');
    const logs = join(project.root, 'logs');
    rmSync(logs, { recursive: true, force: true });
    execFileSync('mkdir', ['-p', logs]);
    mount(logs, '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs');
    await start(project);
    const pid = pidOf(project, 'web');
    const before = project.status('web');
    fill(join(logs, 'ballast'));

    expect(await project.dev(['status'])).toMatchObject({ code: 0 });
    expect(project.status('web')).toEqual(before);
    expect(isLiving(pid)).toBe(true);
    expect((await project.dev(['doctor'])).stdout).toContain('the disk is nearly full');
    const stopped = await project.dev(['stop']);
    expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
    expect(isLiving(pid)).toBe(false);
    expect(() => project.status('web')).not.toThrow();
    fill(join(logs, 'more'));
    const started = await project.dev(['start', 'web']);
    expect(started.code, started.stderr).toBe(1);
    expect(started.stderr).toContain('ENOSPC');
    expect(started.stderr).toContain('The disk is full');
    expect(runsOf(project)).toEqual([]);

    for (const name of ['ballast', 'more']) rmSync(join(logs, name));
    await start(project);
    await expectCleanStop(project, port);
    unmount(logs);
  },
);

test.skipIf(!mayMount)('without inotify everything works, only slower (needs root)', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --mended mended', {
    health: { http: '/', startTimeout: '5s' },
  });
  const shell = 'echo 0 > /proc/sys/user/max_inotify_instances && exec ./dev up -d';

  const starting = run('unshare', ['--user', '--map-root-user', 'sh', '-c', shell], {
    cwd: project.root,
    environment: project.environment,
  });
  await waitUntil(() => project.read('logs/web.log').includes('SyntaxError'));
  project.write('mended', '');
  const started = await starting;

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect((await project.dev(['logs', '-n', '5'])).stdout).toContain('asked for /');
  await expectCleanStop(project, port);
});

test('with few file descriptors a start works or says why not, and leaves nothing half', async () => {
  const { project, port } = await projectWithWeb(SERVER);
  const works: boolean[] = [];
  for (const limit of [18, 20, 22, 24, 26, 28, 64]) {
    const started = await limited(project, `ulimit -n ${limit} && exec ./dev up -d`);

    works.push(started.code === 0);
    if (started.code === 0) {
      expect(project.status('web')).toMatchObject({ state: 'ready', port });
      expect((await ask(`http://localhost:${port}`)).server).toBe('web');
    } else {
      const said = `${started.stderr}${started.stdout}`;
      expect(said, `ulimit -n ${limit}`).toMatch(/EMFILE|too many open files/);
      // With fewer than that Node cannot even load what tells.
      if (limit > 20) expect(said, `ulimit -n ${limit}`).not.toMatch(/INTERNAL|^ +at /m);
    }
    await expectCleanStop(project, port);
  }
  expect([works.at(0), works.at(-1)]).toEqual([false, true]);
});

test('a log that grows without end is bounded, keeps 99 of 100 lines of a writer that never pauses, and holds no NUL', async () => {
  const project = await projectWith(
    { web: { command: 'node programs/flood.mjs 200000 done' } },
    { logs: { maxSize: '1MB', keep: 30 } },
  );
  await start(project);
  await waitUntil(() => existsSync(join(project.root, 'done')), 20_000);

  const tail = await project.dev(['logs', '-n', '5']);
  expect(tail.stdout).toContain('line 199999');
  await project.dev(['stop']);
  const files = execFileSync('sh', ['-c', 'cat $(ls -v logs/web.log.* 2>/dev/null | sort -t. -k3 -rn) logs/web.log'], {
    cwd: project.root,
    maxBuffer: 2 ** 28,
  }).toString();
  expect(files).not.toContain('\0');
  const lines = files.match(/^line \d+/gm)?.length ?? 0;
  // What is written between the last look at the file and its truncation is lost.
  expect(lines).toBeGreaterThan(200_000 * 0.99);
  expect(existsSync(join(project.root, 'logs/web.log.1'))).toBe(true);
});

test('`logs` ends without a word when its reader has seen enough', async () => {
  const { project } = await projectWithWeb(SERVER, { health: { http: '/', period: '200ms' } });
  await start(project);

  const shown = await limited(project, './dev logs -f | head -1');

  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout.split('\n')).toHaveLength(2);
});

function limited(project: Project, command: string): Promise<Finished> {
  return run('sh', ['-c', command], { cwd: project.root, environment: project.environment, limitMs: 25_000 });
}

function socketOf(project: Project): string {
  const path = join(project.root, 'logs/.devgen/supervisor.sock');
  if (!existsSync(path)) throw new Error(`no socket at ${path}`);
  return path;
}

test.skipIf(!mayMount)(
  'on a disk that fills up during a start, status tells what became of it (needs root)',
  async () => {
    // It writes nothing: what does may well end of it.
    const { project, port } = await projectWithWeb('until test -e go; do sleep 0.05; done; exec node silent.js');
    project.write('silent.js', "require('http').createServer((_, answer) => answer.end()).listen(process.env.PORT)");
    const logs = join(project.root, 'logs');
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs);
    mount(logs, '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs');
    const starting = project.dev(['start']);
    const pid = await waitUntil(() => project.status('web').pid ?? undefined);
    fill(join(logs, 'ballast'));
    project.write('go', '');

    const started = await starting;
    expect(started, started.stderr).toMatchObject({ code: 0 });
    const [ready, waited] = [await project.dev(['status', '--json']), await project.dev(['wait', '--timeout', '2s'])];
    expect(JSON.parse(ready.stdout).services).toMatchObject([{ state: 'ready', pid, port }]);
    expect(waited).toMatchObject({ code: 0 });

    // Without a file, and a supervisor to write it again, it is seen all the same; what is not known is said to be.
    await killSupervisor(project);
    rmSync(join(project.root, statusFile('web')));
    const traced = await project.dev(['status', '--json']);
    expect(JSON.parse(traced.stdout).services).toMatchObject([{ state: 'unknown', pid }]);
    await expectCleanStop(project, port);
    unmount(logs);
  },
);

/** Takes the last byte of space. */
function fill(file: string): void {
  for (let size = 4 * 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    try {
      writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // As much as there was room for is written.
    }
  }
}
