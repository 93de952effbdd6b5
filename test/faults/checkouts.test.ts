import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import { expectCleanStop, killSupervisor, projectWith, runsOf, start, startedProject } from './fault-project.ts';

test('a port is another checkout’s from its start on, before its server listens', async () => {
  const port = await reservePort();
  const driver = await openDriver();
  const first = await projectWith(
    { web: { command: `node programs/server.mjs ${driver.options}`, port } },
    { folder: 'one' },
  );
  const second = await projectWith({ web: { command: 'node programs/server.mjs', port } }, { folder: 'two' });
  const starting = first.dev(['start', 'web']);
  const server = await driver.next();

  const started = await second.dev(['start', 'web']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain(first.root);
  expect(second.status('web')).toMatchObject({ port: port + 1 });
  await server.tell('listen');
  expect(await starting).toMatchObject({ code: 0 });
  expect(first.status('web')).toMatchObject({ state: 'ready', port });
});

test('two worktrees: the second names folder and branch of the first, advises nothing, and --force has it stopped over there', async () => {
  const port = await reservePort();
  const first = await projectWith(
    { web: { command: 'node programs/server.mjs', port } },
    { folder: 'main', ports: { worktrees: 'fallback' } },
  );
  const second = await worktreeOf(first, 'feature/login');
  await start(first);
  await start(second);
  await first.dev(['stop']);
  await second.dev(['restart']);
  expect(second.status('web')).toMatchObject({ port });

  const doctor = await first.dev(['doctor', '--json', 'web']);
  expect(doctor).toMatchObject({ code: 0 });
  expect(JSON.parse(doctor.stdout).findings).toContainEqual(
    expect.objectContaining({ severity: 'info', code: 'port-elsewhere', remedy: '' }),
  );
  const started = await first.dev(['start', 'web']);
  expect(started.stderr).not.toContain('--force');
  expect(started.stderr).toContain(second.root);
  expect(started.stderr).toContain('feature/login');
  expect(first.status('web')).toMatchObject({ port: port + 1 });
  const forced = await first.dev(['start', 'web', '--force']);

  expect(forced, forced.stderr).toMatchObject({ code: 0 });
  expect(first.status('web')).toMatchObject({ state: 'ready', port });
  expect(second.status('web')).toMatchObject({ state: 'down', pid: null, restarts: 0 });
  await expectCleanStop(second);
});

test('--force ends a run of another checkout whose supervisor died, and leaves it as a stop does', async () => {
  const port = await reservePort();
  const web = { command: 'node programs/server.mjs --grandchild', port };
  const first = await startedProject({ web, idle: { command: 'sleep 98765' } }, { folder: 'one' });
  const second = await projectWith({ web }, { folder: 'two' });
  await killSupervisor(first);

  const forced = await second.dev(['start', 'web', '--force']);
  const status = await first.dev(['status']);

  expect(forced, forced.stderr).toMatchObject({ code: 0 });
  expect(second.status('web')).toMatchObject({ state: 'ready', port });
  expect(runsOf(first, 'server.mjs')).toEqual([]);
  expect(status.stdout).toMatch(/web +down .*\n +stopped .* ago\n/);
  expect(status.stdout).toMatch(/idle +ready /);
  expect(await first.dev(['start', 'web'])).toMatchObject({ code: 0 });
  expect(first.status('web')).toMatchObject({ port: port + 1 });
});

/** Another checkout of the same repository on a branch of that name, with the same files. */
async function worktreeOf(first: Project, branch: string): Promise<Project> {
  const config = first.read('devgen.config.yaml');
  const second = await createProject({
    files: { ...configFile({}), 'devgen.config.yaml': config },
    generated: true,
    name: 'second',
  });
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
