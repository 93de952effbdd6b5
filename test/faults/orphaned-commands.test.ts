import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { identityOf } from '../../src/platform/process-identity.ts';
import { socketPathOf } from '../../src/runtime/state/socket-path.ts';
import { callSupervisor } from '../../src/runtime/supervisor/control/call-supervisor.ts';
import { ACQUIRE } from '../../src/runtime/supervisor/control/protocol.ts';
import { configFile, server } from '../rig/config.ts';
import { holdsFor } from '../rig/holds-for.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import type { Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { killSupervisor, projectWith, runsOf, startedProject, subreapersOf, supervisorsOf } from './fault-project.ts';

const ENDLESS = 'while :; do sleep 0.1; done';
/** In a session of its own, so that neither its group nor its parent leads to it. */
const DAEMON = `setsid sh -c '(${ENDLESS}; :) & touch daemon'`;

test('a killed `run` takes its command along, what left its session too, before the services that it started', async () => {
  const web = server('web', await reservePort());
  const noted = 'trap "curl -s -o /dev/null $WEB_URL && touch served; exit" TERM';
  const run = `${DAEMON}; ${noted}; touch begun; ${ENDLESS}`;
  const project = await projectWith({ web }, { tasks: { e2e: { run, needs: ['web'] } } });
  const client = await begin(project, ['run', 'e2e']);

  expect((await project.dev(['ps'])).stdout).toMatch(/^ {2}task e2e +running +- +\d+ /m);
  const { stdout } = await project.dev(['status']);
  expect(stdout).toMatch(new RegExp(`^task e2e: running for .* \\(pid \\d+\\); \`kill ${client.pid}\` ends it$`, 'm'));
  const { commands } = JSON.parse((await project.dev(['status', '--json'])).stdout);
  expect(commands).toEqual([expect.objectContaining({ kind: 'task', name: 'e2e', client: client.pid })]);
  client.kill('SIGKILL');

  await waitUntil(() => runsOf(project).length === 0);
  expect(existsSync(join(project.root, 'served'))).toBe(true);
  expect(project.read('logs/devgen.log')).toContain('ended task e2e');
  expect(recordsOf(project)).toEqual([]);
});

test.skipIf(!existsSync('/usr/bin/perl'))(
  'what a killed task had orphaned is ended too, though nothing marks it any more (needs perl)',
  async () => {
    const shaken = `setsid env -i /bin/sh -c '(${ENDLESS}; :) </dev/null >/dev/null 2>&1 & : >daemon'`;
    const run = `${shaken}; until [ -e daemon ]; do sleep 0.05; done; touch begun; ${ENDLESS}`;
    const project = await projectWith({}, { tasks: { long: { run } } });
    const client = await begin(project, ['run', 'long']);
    expect(subreapersOf(project)).toHaveLength(1);
    client.kill('SIGKILL');

    await waitUntil(() => runsOf(project).length === 0);
  },
);

test('a `run` that is killed at once leaves nothing either, though no supervisor was there yet', async () => {
  const project = await projectWith({}, { tasks: { long: { run: ENDLESS } } });
  const client = spawnDev(project, ['run', 'long']);
  await waitUntil(() => runsOf(project, 'sleep 0.1').length > 0);
  client.kill('SIGKILL');

  await waitUntil(() => runsOf(project).length === 0);
});

test('a start that is killed during a setup step takes the command of the step along', async () => {
  const setup = { packages: { run: `touch begun; ${ENDLESS}`, outputs: ['never'] } };
  const project = await projectWith({ web: server('web', await reservePort()) }, { setup });
  const client = await begin(project, ['start']);
  expect((await project.dev(['ps'])).stdout).toContain('  setup packages  running');
  client.kill('SIGKILL');

  await waitUntil(() => runsOf(project).length === 0);
});

test('a supervisor that has nothing else to do stays until it has seen the end of who needed it', async () => {
  const project = await projectWith({ web: server('web', await reservePort()) });
  await project.dev(['start']);
  const holder = spawn('sleep', ['60'], { cwd: project.root });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const identity = identityOf(holder.pid ?? 0);
  if (identity === undefined) throw new Error('the holder has not begun');
  const lease = { id: 'x', holder: identity, names: [], onDemand: [], title: 'setup' };
  const left = new AbortController();
  const socket = socketPathOf(realpathSync(project.root));
  const onAlive = () => left.abort();
  await callSupervisor({
    endpoint: ACQUIRE,
    body: lease,
    socket,
    onEvent: () => undefined,
    onAlive,
    signal: left.signal,
  });
  await project.dev(['stop']);

  await holdsFor(2500, () => supervisorsOf(project).length === 1);
  holder.kill('SIGKILL');
  await waitUntil(() => supervisorsOf(project).length === 0);
});

test('of a task whose supervisor was killed with its `./dev` status tells, and `stop` ends it', async () => {
  const project = await projectWith({}, { tasks: { long: { run: `touch begun; ${ENDLESS}` } } });
  const client = await begin(project, ['run', 'long']);
  await waitUntil(() => existsSync(join(project.root, 'logs/.devgen/supervisor.json')));
  client.kill('SIGSTOP'); // Else it would have another supervisor at once.
  await killSupervisor(project);
  client.kill('SIGKILL');
  await once(client, 'exit');

  expect((await project.dev(['status'])).stdout).toContain('its `./dev` was killed; `./dev stop` ends it');
  expect(await project.dev(['stop'])).toMatchObject({ code: 0 });
  expect(runsOf(project)).toEqual([]);
});

test('nuke ends a task, and tells it as one', async () => {
  const project = await projectWith({}, { tasks: { long: { run: `touch begun; ${ENDLESS}` } } });
  await begin(project, ['run', 'long']);

  const nuked = await project.dev(['nuke', '--yes']);

  expect(nuked.stdout).toMatch(/^ +\d+ +task `long` +\S/m);
  await waitUntil(() => runsOf(project).length === 0);
});

test('a hook that a reload has brought is told, seen while it runs, and ended by nuke', async () => {
  const web = server('web', await reservePort());
  const project = await startedProject({ web });
  for (const [path, text] of Object.entries(configFile({ web }, { hooks: { command: ENDLESS } }))) {
    project.write(path, text);
  }
  expect((await project.dev(['reload'])).stdout).toContain('all that runs is what the config says');
  killQuietly(project.status('web').pid ?? 0);
  await waitUntil(async () => /^hook command: running .* \(pid \d+\)/m.test((await project.dev(['status'])).stdout));

  const nuked = await project.dev(['nuke', '--yes']);

  expect(nuked.stdout).toMatch(/^ +\d+ +hook `command` +\S/m);
  await waitUntil(() => runsOf(project).length === 0);
});

test('Ctrl+C during a test of the hooks ends what they have started', async () => {
  const project = await projectWith({}, { hooks: { command: `touch begun; ${ENDLESS}` } });
  const client = await begin(project, ['hooks', 'test']);
  client.kill('SIGINT');
  const [code] = await once(client, 'exit');
  expect(code).toBe(130);
  expect(runsOf(project, 'sleep 0.1')).toEqual([]);
});

test('what a task leaves when it ends by itself was meant to stay: it goes on, and `ps` does not list it', async () => {
  const project = await projectWith({}, { tasks: { daemon: { run: `exec >/dev/null 2>&1; ${DAEMON}` } } });

  expect(await project.dev(['run', 'daemon'])).toMatchObject({ code: 0 });

  const [daemon] = runsOf(project, 'touch daemon');
  expect(daemon).toBeDefined();
  expect((await project.dev(['ps'])).stdout).not.toContain(project.root);
  killQuietly(daemon?.pid ?? 0);
});

test('the lines of tasks that run side by side are kept in their logs', async () => {
  const tasks = { all: { deps: ['one', 'other'] }, one: { run: 'echo 1; echo 2' }, other: { run: 'printf 3' } };
  const project = await projectWith({}, { tasks });

  await project.dev(['run', 'all']);
  await project.dev(['run', 'all']);

  expect([project.read('logs/task-one.log'), project.read('logs/task-other.log')]).toEqual(['1\n2\n', '3\n']);
  await project.dev(['clean', '--all']);
  expect(existsSync(join(project.root, 'logs/task-one.log'))).toBe(false);
});

function spawnDev(project: Project, args: readonly string[]): ChildProcess {
  const client = spawn('./dev', args, { cwd: project.root, env: project.environment, stdio: 'ignore' });
  onTestFinished(() => void client.kill('SIGKILL'));
  return client;
}

/** Resolves when the command of the task or step has begun. */
async function begin(project: Project, args: readonly string[]): Promise<ChildProcess> {
  const client = spawnDev(project, args);
  await waitUntil(() => existsSync(join(project.root, 'begun')));
  return client;
}

function recordsOf(project: Project): readonly string[] {
  return readdirSync(join(project.root, 'logs/.devgen/commands'));
}
