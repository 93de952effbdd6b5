import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, isPortFree } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving } from '../rig/processes.ts';
import { createProject, type Project, statusFile } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('after SIGKILL of the supervisor the services serve and log on, status is right, start adopts, stop ends them', async () => {
  const { project, port, pids } = await startBoth();
  await killSupervisor(project);

  expect(await ask(`http://localhost:${port}/after-the-kill`)).toMatchObject({ server: 'backend' });
  await waitUntil(() => readFileSync(join(project.root, 'logs/backend.log'), 'utf8').includes('/after-the-kill'));
  const status = await project.dev(['status']);
  expect(status, status.stdout).toMatchObject({ code: 0 });

  const started = await project.dev(['start', 'backend', 'frontend']);
  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(pidsOf(project)).toEqual(pids);

  const stopped = await project.dev(['stop']);
  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  await waitUntil(() => project.processes().length === 0, 5000);
  expect(await isPortFree(port)).toBe(true);
});

test('stop ends everything when the supervisor was killed before', async () => {
  const { project, port } = await startBoth();
  await killSupervisor(project);

  const stopped = await project.dev(['stop']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  await waitUntil(() => project.processes().length === 0, 5000);
  expect(await isPortFree(port)).toBe(true);
});

test('when the supervisor and one service are killed together, status reports exactly that one', async () => {
  const { project } = await startBoth();
  const backend = project.status('backend').pid ?? 0;
  await killSupervisor(project);
  process.kill(backend, 'SIGKILL');
  await waitUntil(() => !isLiving(backend));

  const status = await project.dev(['status']);

  expect(status.code).toBe(1);
  expect(status.stdout).toMatch(/backend .*crashed/);
  expect(status.stdout).not.toMatch(/frontend .*crashed/);
});

test('of a service that was killed together with its supervisor the next one tells that it ended, and what it was', async () => {
  const { project } = await startBoth();
  const before = JSON.parse(project.read(statusFile('backend')));
  await killSupervisor(project);
  process.kill(before.pid, 'SIGKILL');
  await waitUntil(() => !isLiving(before.pid));

  const started = await project.dev(['start', 'frontend']);
  const status = await project.dev(['status']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(status.stdout).toMatch(/backend +failed .*\n +ended .* ago\n/);
  const after = JSON.parse(project.read(statusFile('backend')));
  const { command, startedAt, readyAt, run } = before;
  const at = expect.stringMatching(/^\d{4}-/);
  expect(after).toMatchObject({ command, startedAt, readyAt, run, wanted: 'up', pid: null });
  expect(after.lastExit).toEqual({ code: null, signal: null, at });
  expect(await project.dev(['start', 'backend'])).toMatchObject({ code: 0 });
});

test('a restart that is due when the supervisor dies is told as such, and the next supervisor carries it out', async () => {
  const { project, port } = await killedInBackOff('2s');

  const status = await project.dev(['status']);
  const started = await project.dev(['start', 'frontend']);

  expect(status.stdout).toMatch(
    /backend +crashed [\s\S]* ended .* by signal SIGKILL, and no supervisor is there to start it again/,
  );
  expect(started, started.stderr).toMatchObject({ code: 0 });
  await waitUntil(() => project.status('backend').state === 'ready');
  expect(project.status('backend')).toMatchObject({ port, restarts: 2 });
});

test('stop cancels a restart that was due when the supervisor died', async () => {
  const { project } = await killedInBackOff('1m');

  const stopped = await project.dev(['stop', 'backend']);
  const status = await project.dev(['status', 'backend']);

  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(status.stdout).toMatch(/backend +down [\s\S]* stopped/);
  expect(existsSync(join(project.root, 'logs/.devgen/runs/backend.json'))).toBe(false);
});

test('an adopted service that crashes is started again', async () => {
  const { project, port } = await startBoth();
  await killSupervisor(project);
  await project.dev(['start', 'backend', 'frontend']);
  const backend = project.status('backend').pid ?? 0;

  process.kill(backend, 'SIGKILL');

  await waitUntil(() => project.status('backend').state === 'ready' && project.status('backend').pid !== backend);
  expect(project.status('backend')).toMatchObject({ port, restarts: 1 });
});

test('crashes are counted beyond the death of the supervisor that saw them', async () => {
  const port = await reservePort();
  const restart = { maxRestarts: 1, window: '10m', backoff: { initial: '10ms' } };
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port), restart } }),
    generated: true,
  });
  await project.dev(['start']);
  const first = project.status('backend').pid ?? 0;
  process.kill(first, 'SIGKILL');
  await waitUntil(() => project.status('backend').state === 'ready' && project.status('backend').pid !== first);
  await killSupervisor(project);
  await project.dev(['start']);

  process.kill(project.status('backend').pid ?? 0, 'SIGKILL');

  await waitUntil(() => project.status('backend').state === 'failed');
  expect(project.status('backend')).toMatchObject({ failure: { reason: 'crash-loop', crashes: 2 } });
});

test('a service that stopped to answer after its supervisor died is not called running', async () => {
  const driver = await openDriver();
  const port = await reservePort();
  const services = { backend: { ...server('backend', port, driver.options), health: { period: '1m', http: '/' } } };
  const project = await createProject({ files: configFile(services), generated: true });
  const starting = project.dev(['start']);
  const driven = await driver.next();
  await driven.tell('listen');
  expect(await starting).toMatchObject({ code: 0 });
  await killSupervisor(project);
  await driven.tell('answer 500');

  const started = await project.dev(['start']);

  expect(started).toMatchObject({ code: 1 });
  expect(started.stderr).toContain(`http://localhost:${port}/ answers with status 500`);
  expect(project.status('backend')).toMatchObject({ state: 'unhealthy', pid: driven.pid });
});

test('an adopted service that crashes is started again with the environment of the shell that first started it', async () => {
  const port = await reservePort();
  const command = 'echo mark $MARK; exec node programs/server.mjs --name backend';
  const services = { backend: { command, port }, other: server('other', await reservePort()) };
  const project = await createProject({ files: configFile(services), generated: true });
  await project.dev(['start', 'backend'], { environment: { ...project.environment, MARK: 'first' } });
  await killSupervisor(project);
  await project.dev(['start', 'other'], { environment: { ...project.environment, MARK: 'second' } });
  const { pid } = project.status('backend');

  process.kill(pid ?? 0, 'SIGKILL');

  await waitUntil(() => project.status('backend').state === 'ready' && project.status('backend').pid !== pid);
  expect(project.read('logs/backend.log').match(/mark \w+/g)).toEqual(['mark first', 'mark first']);
});

test('a status file with the pid of a stranger is not believed, and stop does not touch that process', async () => {
  const { project } = await startBoth();
  await project.dev(['stop']);
  const { pid: victim } = await startStranger(await reservePort());
  const stale = { ...JSON.parse(project.read(statusFile('backend'))), state: 'ready', wanted: 'up', pid: victim };
  project.write(statusFile('backend'), JSON.stringify(stale));

  const status = await project.dev(['status', 'backend']);
  const stopped = await project.dev(['stop', 'backend']);

  expect(status.code).toBe(1);
  expect(stopped.code).toBe(0);
  expect(isLiving(victim)).toBe(true);
});

async function killedInBackOff(backoff: string): Promise<{ project: Project; port: number }> {
  const { project, port } = await startBoth({ restart: { backoff: { initial: backoff, max: '1m' } } });
  const { pid: first } = project.status('backend');
  process.kill(first ?? 0, 'SIGKILL');
  const again = await waitUntil(() => {
    const { state, pid } = project.status('backend');
    return state === 'ready' && pid !== first ? pid : undefined;
  });
  process.kill(again ?? 0, 'SIGKILL'); // The first restart does not wait.
  await waitUntil(() => project.status('backend').state === 'backing-off');
  await killSupervisor(project);
  return { project, port };
}

async function startBoth(
  config: Readonly<Record<string, unknown>> = {},
): Promise<{ project: Project; port: number; pids: readonly (number | null)[] }> {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const services = { backend: { ...server('backend', port), ...config }, frontend: server('frontend', pagePort) };
  const project = await createProject({ files: configFile(services), generated: true });
  const started = await project.dev(['start', 'backend', 'frontend']);
  expect(started, started.stderr).toMatchObject({ code: 0 });
  return { project, port, pids: pidsOf(project) };
}

function pidsOf(project: Project): (number | null)[] {
  return ['backend', 'frontend'].map((service) => project.status(service).pid);
}

async function killSupervisor(project: Project): Promise<void> {
  const pid = project.status('backend').supervisor?.pid ?? 0;
  expect(pid).toBeGreaterThan(1);
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => !isLiving(pid));
}
