import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isPortFree } from '../rig/ask.ts';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { run } from '../rig/run.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, pidOf, projectWith, runsOf, start, startedProject, supervisorsOf } from './fault-project.ts';
import { SEED, seededRandom } from './seeded.ts';

const VERBS = ['start', 'stop', 'restart', 'kill'] as const;

test('20 shells that start, stop, restart and kill at one instant end in the state of one serial order', {
  timeout: 90_000,
}, async () => {
  const random = seededRandom(SEED);
  const ports = [await reservePort(), await reservePort()] as const;
  const project = await projectWith({
    backend: server('backend', ports[0]),
    frontend: { ...server('frontend', ports[1]), dependsOn: ['backend'] },
  });
  const shells = Array.from({ length: 20 }, () => VERBS[Math.floor(random() * VERBS.length)] ?? 'start');
  const where = `FAULT_SEED=${SEED}: ${shells.join(' ')}`;

  const ends = await Promise.all(shells.map((verb) => project.dev([verb])));

  for (const { code, stderr } of ends) {
    expect(code, `${where}\n${stderr}`).toBeLessThan(2);
    expect(stderr, where).not.toMatch(/supervisor|protocol|internal|bug/i);
  }
  for (const [service, port] of [
    ['backend', ports[0]],
    ['frontend', ports[1]],
  ] as const) {
    const { state, pid } = project.status(service);
    expect(['ready', 'down'], where).toContain(state);
    expect(
      runsOf(project, `--name ${service}`).map((each) => each.pid),
      where,
    ).toEqual(state === 'ready' ? [pid] : []);
    expect(await isPortFree(port), where).toBe(state === 'down');
  }
  if (project.status('frontend').state === 'ready') expect(project.status('backend').state, where).toBe('ready');
  expect(supervisorsOf(project).length).toBeLessThan(2);
  await start(project);
  await expectCleanStop(project, ...ports);
});

test('a start during a stop waits for its end, and a kill hurries it', async () => {
  const port = await reservePort();
  const project = await startedProject({ web: server('web', port, '--ignore-term') });
  const pid = pidOf(project, 'web');

  const stopping = project.dev(['stop', 'web']);
  await waitUntil(() => project.status('web').state === 'stopping');
  const starting = project.dev(['start', 'web']);
  const killed = await project.dev(['kill', 'web']);

  expect(killed, killed.stderr).toMatchObject({ code: 0 });
  expect(killed.tookMs).toBeLessThan(9000);
  expect(await stopping).toMatchObject({ code: 0 });
  expect((await starting).code).toBeLessThan(2);
  await start(project);
  expect(project.status('web')).toMatchObject({ state: 'ready', port });
  expect(runsOf(project, 'server.mjs').map((each) => each.pid)).toEqual([project.status('web').pid]);
  expect(project.status('web').pid).not.toBe(pid);
  await project.dev(['kill']);
});

test('a checkout that two shells reach by two names at one instant has one supervisor and one run', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  const other = join(dirname(project.root), 'another name');
  symlinkSync(project.root, other);

  const ends = await Promise.all([
    project.dev(['start', 'web']),
    run(join(other, 'dev'), ['start', 'web'], { cwd: other, environment: project.environment }),
  ]);

  for (const started of ends) expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(runsOf(project, 'server.mjs').map((each) => each.pid)).toEqual([pidOf(project, 'web')]);
  expect(project.status('web')).toMatchObject({ state: 'ready', port });
  expect(supervisorsOf(project)).toHaveLength(1);
});

test('a supervisor that hangs does not let a command hang for ever', async () => {
  const project = await startedProject({ web: server('web', await reservePort()) });
  const supervisor = project.status('web').supervisor?.pid ?? 0;
  process.kill(supervisor, 'SIGSTOP');

  expect(await project.dev(['status'], { limitMs: 5000 })).toMatchObject({ code: 0 });
  expect(await project.dev(['url', 'web'], { limitMs: 5000 })).toMatchObject({ code: 0 });
  process.kill(supervisor, 'SIGCONT');

  await start(project);
});
