import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isPortFree } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

const trees: Readonly<Record<string, string>> = {
  'a server that forks': 'node programs/server.mjs --fork',
  'a grandchild in a session of its own': 'node programs/server.mjs --grandchild',
  'a server under npm': 'npm run --silent server',
  'a server under a shell': 'node programs/server.mjs & wait',
};

for (const [what, command] of Object.entries(trees)) {
  test(`stop ends ${what}, and frees the port`, async () => {
    const { project, port } = await startOne({ command });

    const stopped = await project.dev(['stop', 'backend']);

    expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
    await expectNothingLeft(project, port);
  });
}

test('stop kills a service that ignores SIGTERM, and its children, after the grace period', async () => {
  const { project, port } = await startOne({ command: 'sh programs/stubborn.sh', stop: { grace: '1s' } });

  const stopped = await project.dev(['stop', 'backend']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(stopped.tookMs).toBeGreaterThan(900);
  expect(stopped.tookMs).toBeLessThan(9000);
  expect(stopped.stderr).toContain('SIGKILL');
  await expectNothingLeft(project, port);
});

test('kill does not wait for a service that ignores SIGTERM', async () => {
  const { project, port } = await startOne({ command: 'sh programs/stubborn.sh', stop: { grace: '20s' } });

  const killed = await project.dev(['kill', 'backend']);

  expect(killed, killed.stderr).toMatchObject({ code: 0 });
  expect(killed.tookMs).toBeLessThan(15_000);
  await expectNothingLeft(project, port);
});

test('stop ends a stopped (SIGSTOP) service', async () => {
  const { project, port } = await startOne({ stop: { grace: '2s' } });
  process.kill(project.status('backend').pid ?? 0, 'SIGSTOP');

  const stopped = await project.dev(['stop', 'backend']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  await expectNothingLeft(project, port);
});

test('stop ends a daemon that left the session and its parent', async () => {
  const project = await createProject({
    files: configFile({ worker: { command: 'python3 programs/daemon.py' } }),
    generated: true,
  });
  await project.dev(['start', 'worker']);
  await waitUntil(() => project.processes().filter(({ command }) => command.includes('daemon.py')).length >= 2);

  const stopped = await project.dev(['stop', 'worker']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  await waitUntil(() => project.processes().length === 0, 5000);
});

test('stop ends a process whose pid changes every few milliseconds', async () => {
  const project = await createProject({
    files: configFile({
      worker: { command: 'python3 programs/moving-target.py heartbeat', restart: 'never', stop: { grace: '500ms' } },
    }),
    generated: true,
  });
  await project.dev(['start', 'worker']);
  const heartbeat = join(project.root, 'heartbeat');
  await waitUntil(() => existsSync(heartbeat));

  const stopped = await project.dev(['stop', 'worker']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  const beats = readFileSync(heartbeat).length;
  await waitUntil(() => project.processes().length === 0, 3000);
  expect(readFileSync(heartbeat).length).toBe(beats);
});

test('stop of one service leaves the others alone', async () => {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const services = { backend: server('backend', port), frontend: server('frontend', pagePort) };
  const project = await createProject({ files: configFile(services), generated: true });
  await project.dev(['start', 'backend', 'frontend']);
  const { pid } = project.status('frontend');

  await project.dev(['stop', 'backend']);

  expect(project.status('backend')).toMatchObject({ state: 'down', pid: null });
  expect(project.status('frontend')).toMatchObject({ state: 'ready', pid });
});

test('stop without anything running says so and succeeds', async () => {
  const project = await createProject({
    files: configFile({ backend: server('backend', await reservePort()) }),
    generated: true,
  });

  const stopped = await project.dev(['stop']);

  expect(stopped).toMatchObject({ code: 0 });
  expect(stopped.stderr + stopped.stdout).toContain('not running');
});

test('a running service that the config has no more is shown, kept from being cleaned away, and ended by name', async () => {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const frontend = server('frontend', pagePort);
  const files = configFile({ backend: server('backend', port), frontend });
  const project = await createProject({ files, generated: true });
  expect(await project.dev(['start', 'backend', 'frontend'])).toMatchObject({ code: 0 });
  project.write('devgen.config.yaml', configFile({ frontend })['devgen.config.yaml'] ?? '');

  const status = await project.dev(['status']);
  const cleaned = await project.dev(['clean']);
  const refused = await project.dev(['start', 'backend']);
  const stopped = await project.dev(['stop', 'backend']);
  const after = await project.dev(['status']);

  expect(status, status.stdout).toMatchObject({ code: 0 });
  expect(status.stdout).toMatch(/backend +ready .*\n +not in the config any more; `\.\/dev stop backend` ends it\n/);
  expect(cleaned.stdout).toContain('backend.log');
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no service `backend`') });
  expect(stopped, stopped.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/^backend: stopped/) });
  expect(await isPortFree(port)).toBe(true);
  expect(after).toMatchObject({ code: 0, stdout: expect.not.stringContaining('backend') });
});

test('the supervisor ends when nothing is wanted up any more', async () => {
  const { project } = await startOne({});
  const pid = project.status('backend').supervisor?.pid;
  expect(pid).toBeGreaterThan(1);

  await project.dev(['stop']);

  await waitUntil(() => project.processes().length === 0, 5000);
});

async function startOne(config: Readonly<Record<string, unknown>>): Promise<{ project: Project; port: number }> {
  const port = await reservePort();
  const project = await createProject({
    files: {
      ...configFile({ backend: { ...server('backend', port), ...config } }),
      'package.json': JSON.stringify({ private: true, scripts: { server: 'node programs/server.mjs' } }),
    },
    generated: true,
  });
  const started = await project.dev(['start', 'backend']);
  expect(started, started.stderr).toMatchObject({ code: 0 });
  return { project, port };
}

async function expectNothingLeft(project: Project, port: number): Promise<void> {
  const servers = () => project.processes().filter(({ command }) => !command.includes('supervisor.cjs'));
  expect(servers()).toEqual([]);
  expect(await isPortFree(port)).toBe(true);
  await waitUntil(() => project.processes().length === 0, 5000);
}
