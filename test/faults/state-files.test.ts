import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identityOf, type ProcessIdentity } from '../../src/platform/process-identity.ts';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving } from '../rig/processes.ts';
import { type Project, statusFile } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import {
  childOf,
  expectCleanStop,
  killSupervisor,
  pidOf,
  projectWith,
  removeLogs,
  runsOf,
  start,
  startedProject,
} from './fault-project.ts';

const RECORD = 'logs/.devgen/runs/web.json';
const STATUS = statusFile('web');

/** What happens to a file of ours when a disk fills, an editor slips, or an older version wrote it. */
const damages: Readonly<Record<string, (text: string) => string>> = {
  'is empty': () => '',
  'is cut off': (text) => text.slice(0, text.length / 2),
  'is of another version': (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 99'),
  'holds rubbish': () => '\0\0{{]',
  'has wrong types': (text) => JSON.stringify({ ...JSON.parse(text), pid: '12', service: ['web'], id: 7 }),
  'is of another service': (text) => text.replace('"service": "web"', '"service": "other"'),
  'is a list': () => '[]',
  'names pid 1': (text) => text.replaceAll(/"pid": ?\d+/g, '"pid": 1'),
};

test('a status file that is damaged in any way is never believed and never a crash, and the next start mends it', async () => {
  const project = await startedProject({ web: server('web', await reservePort()) });
  const pid = pidOf(project, 'web');
  const whole = project.read(STATUS);
  for (const [what, damage] of Object.entries(damages)) {
    project.write(STATUS, damage(whole));

    const status = await project.dev(['status']);
    expect(status.code, `${what}: ${status.stderr}`).toBeLessThan(2);
    await start(project);
    expect(project.status('web'), what).toMatchObject({ state: 'ready', pid });
  }
  expect(runsOf(project, 'server.mjs')).toHaveLength(1);
});

test('a status that is read while it changes is read whole', async () => {
  const health = { http: '/', period: '20ms' };
  const project = await startedProject({ web: { ...server('web', await reservePort()), health } });
  const seen = new Set<string>();
  for (const endMs = performance.now() + 1500; performance.now() < endMs; ) {
    const text = project.read(STATUS);
    seen.add(text);
    expect(text.endsWith('}\n')).toBe(true);
  }
  expect(seen.size).toBeGreaterThan(5);
});

test('a status, record or pid file with a folder in its place does not stop a stop', async () => {
  const port = await reservePort();
  const project = await startedProject({ web: server('web', port) });
  for (const file of [STATUS, RECORD, 'logs/web.pid']) {
    rmSync(join(project.root, file));
    mkdirSync(join(project.root, file));
  }

  expect((await project.dev(['status'])).code).toBeLessThan(2);
  await expectCleanStop(project, port);
});

test('a pid file is for people: rubbish or a stranger’s pid in it touches no process and misleads no command', async () => {
  const port = await reservePort();
  const project = await startedProject({ web: server('web', port) });
  const pid = pidOf(project, 'web');
  const stranger = await startStranger(await reservePort());
  for (const text of ['', 'rubbish\n', '-1\n', '0\n', '1\n', `${stranger.pid}\n`]) {
    project.write('logs/web.pid', text);
    expect(await project.dev(['status'])).toMatchObject({ code: 0 });
  }
  expect(project.status('web')).toMatchObject({ state: 'ready', pid });

  await expectCleanStop(project, port);
  expect(stranger.isAlive()).toBe(true);
});

const LEFT_ALONE = 'left alone, because the record of its run makes no sense: logs/.devgen/runs/web.json';

test('a run whose record is damaged is left alone: its supervisor has died, and nothing tells any more what it is', {
  timeout: 60_000,
}, async () => {
  const port = await reservePort();
  const project = await startedProject({
    web: server('web', port),
    worker: { command: 'python3 programs/family.py daemon' },
  });
  const pid = pidOf(project, 'web');
  const whole = project.read(RECORD);
  await killSupervisor(project);
  for (const [what, damage] of Object.entries(damages)) {
    const damaged = damage(whole);
    project.write(RECORD, damaged);

    const stopped = await project.dev(['stop', 'web']);

    expect(stopped.code, what).toBe(1);
    expect(stopped.stderr, what).toContain(LEFT_ALONE);
    expect(isLiving(pid), what).toBe(true);
    expect(project.read(RECORD), what).toBe(damaged);
    expect(await (await fetch(`http://localhost:${port}`)).json(), what).toMatchObject({ pid });
    await killSupervisor(project);
  }
  for (const verb of ['start', 'kill']) {
    const { code, stderr } = await project.dev([verb]);
    expect(code, verb).toBe(1);
    expect(stderr, verb).toContain(LEFT_ALONE);
  }
  expect(isLiving(pid)).toBe(true);
  expect((await project.dev(['status', 'web'])).stdout).toMatch(/web +(?:unknown|ready|unhealthy) /);
  // Nothing was lost meanwhile: whole again, the run is adopted by the next supervisor.
  await killSupervisor(project);
  project.write(RECORD, whole);
  await start(project);
  expect(project.status('web')).toMatchObject({ state: 'ready', pid });
  await expectCleanStop(project, port);
});

test('when the supervisor is killed and a run’s record is gone, the next start leaves one run of each service', async () => {
  const port = await reservePort();
  const project = await startedProject({
    web: server('web', port),
    worker: { command: 'python3 programs/family.py daemon' },
  });
  await killSupervisor(project);
  for (const service of ['web', 'worker']) rmSync(join(project.root, `logs/.devgen/runs/${service}.json`));

  await start(project);

  expect(project.status('web')).toMatchObject({ state: 'ready', port });
  expect(runsOf(project, 'server.mjs')).toHaveLength(1);
  expect(runsOf(project, 'family.py')).toHaveLength(2);
  await killSupervisor(project);
  await removeLogs(project);
  await expectCleanStop(project, port);
});

/** Records that name a process which is none of ours, or no process at all. */
const forgeries: Readonly<Record<string, (victim: ProcessIdentity) => ProcessIdentity>> = {
  'an innocent’s true pid and start time': (victim) => victim,
  'a pid that another process has by now': (victim) => ({ ...victim, startTime: victim.startTime - 100 }),
  'a process of before the reboot': (victim) => ({ ...victim, bootId: '00000000-0000-4000-8000-000000000000' }),
  'a process of another pid namespace': (victim) => ({ ...victim, pidNamespace: '4026500000' }),
};

for (const [what, forge] of Object.entries(forgeries)) {
  test(`a record and a status with ${what} are not believed, and that process lives on`, async () => {
    const port = await reservePort();
    const project = await startedProject({ web: server('web', port) });
    const stranger = await startStranger(await reservePort());
    await forgeBoth(project, forge(identityOf(stranger.pid) ?? expect.fail('the stranger is gone')));

    const status = await project.dev(['status', '--json']);
    const health = await project.dev(['health']);
    const waited = await project.dev(['wait', '--timeout', '1s']);
    const stopped = await project.dev(['stop']);

    expect(JSON.parse(status.stdout).services).toMatchObject([{ state: 'crashed', pid: null, url: null }]);
    expect([status.code, health.code, waited.code]).toEqual([1, 1, 1]);
    expect(stopped.code, stopped.stderr).toBe(0);
    expect(existsSync(join(project.root, RECORD))).toBe(false);
    await start(project);
    expect(project.status('web')).toMatchObject({ state: 'ready', port });
    await expectCleanStop(project, port);
    expect(stranger.isAlive()).toBe(true);
  });
}

test('a zombie counts as dead: status says so, and neither stop nor start waits for it', async () => {
  const port = await reservePort();
  const project = await projectWith({
    web: server('web', port),
    worker: { command: 'python3 programs/family.py zombie' },
  });
  await start(project);
  await childOf(project, 'zombie').catch(() => undefined);
  const web = pidOf(project, 'web');
  await killSupervisor(project);
  process.kill(web, 'SIGKILL');

  const status = await project.dev(['status', 'web']);
  expect(status.code).toBe(1);
  const stopped = await project.dev(['stop']);
  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(stopped.tookMs).toBeLessThan(8000);
  expect(isLiving(web)).toBe(false);
  await start(project);
  await expectCleanStop(project, port);
});

test('a record of a spawn whose outcome was never written leads to the run, which is ended before the next', async () => {
  const project = await startedProject({ web: { command: 'python3 programs/family.py daemon' } });
  const before = [pidOf(project, 'web'), await childOf(project, 'daemon')];
  await killSupervisor(project);
  project.write(RECORD, JSON.stringify({ ...JSON.parse(project.read(RECORD)), root: null, readyAt: null }));

  await start(project);

  expect(before.filter(isLiving)).toEqual([]);
  expect(project.status('web').state).toBe('ready');
  await waitUntil(() => runsOf(project, 'family.py').length === 2);
});

/** Ends everything, then writes record and status again as if that process were the run. */
async function forgeBoth(project: Project, root: ProcessIdentity): Promise<void> {
  const record = JSON.parse(project.read(RECORD));
  const status = JSON.parse(project.read(STATUS));
  await expectCleanStop(project);
  project.write(RECORD, JSON.stringify({ ...record, root }));
  project.write(STATUS, JSON.stringify({ ...status, pid: root.pid, identity: root, supervisor: null }));
}
