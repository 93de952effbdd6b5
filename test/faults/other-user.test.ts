import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { findRow } from '../../src/cli/command-table.ts';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import type { Project } from '../rig/project.ts';
import { type Finished, run } from '../rig/run.ts';
import { runFolder } from '../rig/run-folder.ts';
import { everyCommand, firstLines } from './every-command.ts';
import { killSupervisor, pidOf, projectWith, start, startedProject } from './fault-project.ts';
import { NOBODY } from './holder.ts';
import { everythingIn } from './hostile-repository.ts';

const isRoot = process.geteuid?.() === 0 && existsSync('/usr/bin/setpriv');

beforeEach(({ skip }) => {
  if (!isRoot) skip('needs root, to be another user');
});

test('what another user runs is never "not running": stop, kill, logs and status say whose it is, and fail', async () => {
  const project = await startedProject({ web: server('web', await reservePort()) });
  const pid = pidOf(project, 'web');
  openTo(project);

  for (const verb of ['stop', 'kill']) {
    expect(await asNobody(project, [verb]), verb).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `error: cannot read \`${project.root}/logs/.devgen/runs\`: it belongs to root, so what runs here cannot be known\n  hint: Do it as root.\n`,
    });
  }
  expect(await asNobody(project, ['logs', 'web'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'error: cannot read `logs/web.log` (EACCES): it belongs to root\n  hint: Do it as root.\n',
  });
  const status = await asNobody(project, ['status']);
  expect(status).toMatchObject({ code: 1, stderr: '' });
  expect(status.stdout).toMatch(/^web +unknown .*\n {2}its status file cannot be read; it belongs to root$/m);
  expect((await asNobody(project, ['status', '--all'])).code).toBe(1);
  expect(JSON.parse((await asNobody(project, ['status', '--json'])).stdout).services).toMatchObject([
    { service: 'web', state: 'unknown', pid: null, port: null },
  ]);
  expect((await asNobody(project, ['start'])).code).toBe(1);
  expect(isLiving(pid)).toBe(true);
});

test('a supervisor leaves a run alone whose record another user wrote, and forgets nothing of it', async () => {
  const project = await startedProject({ web: server('web', await reservePort()), own: { command: 'sleep 1000' } });
  const pid = pidOf(project, 'web');
  await killSupervisor(project);
  const records = join(project.root, 'logs/.devgen/runs');
  const before = readdirSync(records);
  // As after a `sudo ./dev start` in a folder that is the user's: the files are root's, the folders are not.
  openTo(project);
  for (const folder of ['logs', 'logs/.devgen', 'logs/.devgen/runs'])
    chownSync(join(project.root, folder), NOBODY, NOBODY);
  for (const file of ['devgen.log', 'events.ndjson']) chownSync(join(project.root, 'logs', file), NOBODY, NOBODY);

  // What is left of its socket could not even be asked.
  rmSync(join(project.root, 'logs/.devgen/supervisor.sock'));

  const stopped = await asNobody(project, ['stop', 'web']);

  expect(stopped.stderr).toContain(
    'web: left alone, because the record of its run belongs to root: logs/.devgen/runs/web.json\n  hint: Do it as root.\n',
  );
  expect(stopped.code).toBe(1);
  expect(isLiving(pid)).toBe(true);
  expect(readdirSync(records)).toEqual(expect.arrayContaining(before));
  const found = await asNobody(project, ['doctor']);
  expect(found.stdout).toContain('logs/.devgen/runs/web.json cannot be read; it belongs to root');
  await killSupervisor(project);
  await start(project);
  expect(project.status('web')).toMatchObject({ state: 'ready', pid });
});

test.each([
  ['can list', 0o755, firstLines],
  ['cannot even list', 0o700, everyCommand],
] as const)(
  'no command of another user’s, who %s the logs, changes anything, or fails by a mistake of ours',
  async (_, mode, lines) => {
    const port = await reservePort();
    const rest = { tasks: { build: { run: 'true' } }, setup: { step: { run: 'true' } } };
    const project = await startedProject({ web: server('web', port) }, rest);
    const pid = pidOf(project, 'web');
    openTo(project);
    for (const folder of ['logs', 'logs/.devgen']) chmodSync(join(project.root, folder), mode);
    // What runs goes on writing its logs, and its supervisor what it measures of them.
    const kept = () =>
      everythingIn(project.root)
        .map((line) => (line.startsWith('logs/') ? line.split(':')[0] : line))
        .filter((line) => !OURS.includes(line ?? ''));
    const before = kept();

    for (const [name, ...words] of lines({ service: 'web', task: 'build', port })) {
      if (findRow(name).needs === 'package') continue;
      const { code, stdout, stderr } = await asNobody(project, [name, ...words]);
      const line = [name, ...words].join(' ');
      expect(code, `${line}: ${stdout}${stderr}`).toBeLessThan(3);
      expect(stdout + stderr, line).not.toContain('this is a bug');
      if (findRow(name).effect !== 'reads' && !HARMLESS.includes(name)) expect(code, line).toBeGreaterThan(0);
    }
    expect(isLiving(pid)).toBe(true);
    expect(kept()).toEqual(before);
  },
  240_000,
);

test('a process of another user that a stop cannot end is named, and what the message advises helps', async () => {
  // A program that lets whoever runs it become root, as `sudo` would.
  const project = await projectWith({ web: { command: './as-root --reuid 0 --regid 0 --clear-groups sleep 1000' } });
  copyFileSync('/usr/bin/setpriv', join(project.root, 'as-root'));
  chmodSync(join(project.root, 'as-root'), 0o4755);
  mkdirSync(join(project.root, 'logs/.devgen'), { recursive: true });
  openTo(project);
  for (const folder of ['', 'logs', 'logs/.devgen']) chownSync(join(project.root, folder), NOBODY, NOBODY);
  expect((await asNobody(project, ['start'])).code).toBe(0);

  const refused = await asNobody(project, ['stop']);

  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/not fully stopped: a process is left/);
  expect(refused.stderr).toContain(
    'hint: `kill -9 PID` ends what you may end; what belongs to another user needs sudo.',
  );
  const [, pid] = /pid (\d+): sleep 1000/.exec(refused.stderr) ?? expect.fail(refused.stderr);
  killQuietly(Number(pid));
  expect(await asNobody(project, ['stop'])).toMatchObject({ code: 0 });
});

/** They may do what they do for any user; `setup` has nothing to do here, and `mcp` nothing before a tool is called. */
const HARMLESS = ['run', 'setup', 'config', 'mcp'];

/** Written at any moment by the supervisor. */
const OURS = ['logs/.devgen/web.times', 'logs/.devgen/metrics.ndjson'];

/** The project as another user finds it whose shell has the usual umask. */
function openTo(project: Project): void {
  const { root } = project;
  for (const folder of [runFolder(), dirname(root), root, join(root, 'logs'), join(root, 'logs/.devgen')]) {
    chmodSync(folder, 0o755);
  }
}

async function asNobody(project: Project, args: readonly string[]): Promise<Finished> {
  const home = join(dirname(project.root), 'home');
  mkdirSync(home, { recursive: true });
  chownSync(home, NOBODY, NOBODY);
  const user = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];
  return run('setpriv', [...user, join(project.root, 'dev'), ...args], {
    cwd: project.root,
    environment: { ...project.environment, HOME: home, XDG_RUNTIME_DIR: '', TMPDIR: home },
  });
}
