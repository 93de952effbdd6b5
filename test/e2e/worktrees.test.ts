import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject } from '../rig/project.ts';
import { type Finished, run } from '../rig/run.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('each worktree keeps ports of its own, whatever order they start in, and gets the files that it lacks', async () => {
  const { project, port, git, dev } = await repository();
  const [one, two] = [join(project.root, '../one'), join(project.root, '../two')];
  await git('worktree', 'add', '-qb', 'feature/one', one);
  await git('worktree', 'add', '-qb', 'feature/two', two);
  const all = [project.root, one, two];
  const ports = async () => Promise.all(all.map(async (root) => portOf(await dev(root, 'url', '--json'))));
  const startAll = async (roots: readonly string[]) => {
    const started = await Promise.all(roots.map((root) => dev(root, 'start', '--json')));
    for (const each of started) expect(each, each.stderr).toMatchObject({ code: 0 });
  };

  writeFileSync(join(one, '.env'), 'OWN=1\n');
  await startAll([two]);
  await startAll([one, project.root]);
  const ofFolder = (root: string): string => readFileSync(join(root, '.env'), 'utf8');
  expect(all.map(ofFolder), 'what is there is never replaced').toEqual(['SHARED=1\n', 'OWN=1\n', 'SHARED=1\n']);
  const named = await Promise.all(all.map(async (root) => JSON.parse((await dev(root, 'url', '--json')).stdout)));
  expect(named.map(({ browserUrl }) => browserUrl)).toEqual([
    undefined,
    `http://web.feature-one.test.localhost:${port + 20}`,
    `http://web.feature-two.test.localhost:${port + 10}`,
  ]);
  expect(await ports()).toEqual([port, port + 20, port + 10]);
  const listed = JSON.parse((await dev(one, 'ps', '--json')).stdout) as { runs: Record<string, string>[] };
  const runs = listed.runs.filter(({ path }) => path?.startsWith(dirname(project.root)));
  expect(runs.map(({ branch, url }) => `${branch} ${url}`).sort()).toEqual([
    `feature/one http://localhost:${port + 20}`,
    `feature/two http://localhost:${port + 10}`,
    `main http://localhost:${port}`,
  ]);

  const stopped = await dev(two, 'stop', '--all-worktrees');
  expect(stopped).toMatchObject({ code: 0, stderr: '' });
  expect(stopped.stdout).toMatch(
    /my project {2}branch main: web stopped\n.*\n.*two {2}branch feature\/two: web stopped\n/,
  );
  await startAll([project.root, one, two]);
  expect(await ports()).toEqual([port, port + 20, port + 10]);
  expect(JSON.parse((await dev(one, 'stop', '--all-worktrees', '--json')).stdout)).toMatchObject({
    checkouts: [{ branch: 'main', exitCode: 0, services: [{ outcome: 'stopped' }] }, {}, {}],
  });

  await startStranger(port + 10);
  const beside = await dev(two, 'start');
  expect(beside.stderr).toContain(`port ${port + 10} is taken`);
  expect(portOf(await dev(two, 'url', '--json'))).toBe(port + 11);
  await dev(two, 'stop');
});

test('what runs on in a worktree that is gone is ended from another one, which gets its ports', async () => {
  const { project, port, git, dev } = await repository();
  const gone = join(project.root, '../gone');
  await git('worktree', 'add', '-qb', 'gone', gone);
  await dev(gone, 'start');
  // Its supervisor would stop it.
  for (const { pid, command } of project.processes()) if (command.includes('supervisor.cjs')) killQuietly(pid);
  await git('worktree', 'remove', '--force', gone);
  rmSync(gone, { recursive: true, force: true });

  const ended = await dev(project.root, 'stop', '--gone');
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^web in .*\/gone: stopped\n$/) });
  expect(await dev(project.root, 'stop', '--gone')).toMatchObject({
    code: 0,
    stdout: 'nothing runs in a worktree that is gone\n',
  });
  expect(project.processes()).toEqual([]);
  expect(await dev(project.root, 'stop', '--gone', 'web')).toMatchObject({ code: 2 });

  const next = join(project.root, '../next');
  await git('worktree', 'add', '-qb', 'next', next);
  const told = JSON.parse((await dev(next, 'env', '--json')).stdout);
  expect(told.variables, 'it is told of its own address before its first start').toMatchObject({
    WEB_PORT: String(port + 10),
  });
  await dev(next, 'start');
  expect(portOf(await dev(next, 'url', '--json'))).toBe(port + 10);
  await git('worktree', 'remove', '--force', next);
  await waitUntil(() => project.processes().length === 0);
  expect(existsSync(next), 'nothing is written where git removes').toBe(false);
});

async function repository() {
  const port = await reservePort();
  const config = configFile({ web: server('web', port) }, { worktree: { copy: ['.env', 'certs/dev.pem'] } });
  const files = { ...config, '.env': 'SHARED=1\n', '.gitignore': 'logs/\n.env\n' };
  const project = await createProject({ files, generated: true });
  const { environment } = project;
  const git = async (...args: readonly string[]): Promise<void> => {
    const author = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
    const done = await run('git', [...author, ...args], { cwd: project.root, environment });
    expect(done, done.stderr).toMatchObject({ code: 0 });
  };
  await git('init', '-q', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '-qm', 'first');
  const dev = (root: string, ...args: readonly string[]): Promise<Finished> =>
    run(join(root, 'dev'), args, { cwd: root, environment });
  return { project, port, git, dev };
}

function portOf({ stdout, stderr }: Finished): number {
  expect(stderr).toBe('');
  return Number(new URL((JSON.parse(stdout) as { url: string }).url).port);
}
