import { type ChildProcess, spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { heldSocketOf, isStillHeld } from '../../src/platform/held-socket.ts';
import { listenersOfProcesses, listenersOn, ownersOf } from '../../src/platform/listeners.ts';
import { ephemeralRange } from '../../src/platform/port-binding.ts';
import { awaitReady, type ReadyOutcome } from '../../src/runtime/health/await-ready.ts';
import { probeOnce } from '../../src/runtime/health/probe.ts';
import type { ReadinessWorld } from '../../src/runtime/health/readiness.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { program, startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { service } from './fake-world.ts';
import { serveHttp } from './test-server.ts';

test('a real server is ready as soon as it answers, though it starts late and says 503 at first', async () => {
  const port = await reservePort();
  const driver = await openDriver();
  const outcome = ready(start(port, driver.arguments), port);
  const server = await driver.next();
  await server.tell('answer 503');
  await server.tell('listen');
  await server.tell('asked 3');
  expect(await Promise.race([outcome, 'still waiting'])).toBe('still waiting');
  await server.tell('answer 200');
  expect(await outcome).toMatchObject({ outcome: 'ready', port });
});

test.each(['127.0.0.1', '::1', '0.0.0.0', '::'])('a real server on %s is found there', async (host) => {
  const port = await reservePort();
  expect(await ready(start(port, ['--host', host]), port)).toMatchObject({ outcome: 'ready', port });
});

test('a stranger that takes the port first is never mistaken for the service', async () => {
  const port = await reservePort();
  const child = start(port, ['--never-listen']);
  const stranger = await startStranger(port);
  const outcome = await ready(child, port);
  expect(outcome).toMatchObject({ outcome: 'stolen', port, ours: [] });
  const others = outcome.outcome === 'stolen' ? outcome.others : [];
  expect([...ownersOf(others).values()].flat()).toContain(stranger.pid);
});

test('our own server on that port is not the service either', async () => {
  const port = await serveHttp((_, response) => response.end());
  expect(await ready(start(port, ['--never-listen']), port)).toMatchObject({ outcome: 'stolen' });
});

test('a server that never listens times out with that', async () => {
  const port = await reservePort();
  expect(await ready(start(port, ['--never-listen']), port, 500)).toEqual({
    outcome: 'timeout',
    seen: { kind: 'nothing-listens' },
  });
});

test('a server that accepts and never answers times out with that', async () => {
  const port = await reservePort();
  const child = start(port, ['--silent', '--host', '127.0.0.1']);
  await waitUntil(() => listenersOn(port).length > 0);
  expect(await ready(child, port, 700)).toEqual({
    outcome: 'timeout',
    seen: { kind: 'no-answer', address: '127.0.0.1' },
  });
});

test('a server that listens elsewhere is found there', async () => {
  const [told, real] = [await reservePort(), await reservePort()];
  const child = start(told, ['--wrong-port', String(real)]);
  expect(await ready(child, told)).toMatchObject({ outcome: 'ready', port: real });
});

function start(port: number, options: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [program('server.mjs'), '--port', String(port), ...options], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function ready(child: ChildProcess, port: number, startTimeoutMs = 20_000): Promise<ReadyOutcome> {
  const { signal } = new AbortController();
  const health = service({ startTimeoutMs });
  const members = [child.pid ?? 0];
  const world: ReadinessWorld = {
    clock: systemClock,
    ephemeral: ephemeralRange(),
    listenersOn,
    ownership: (at) => {
      const all = listenersOn(at);
      const owners = ownersOf(all, members);
      const isOurs = ({ inode }: { readonly inode: string }): boolean => (owners.get(inode) ?? []).length > 0;
      return { ours: all.filter(isOurs), others: all.filter((each) => !isOurs(each)) };
    },
    heldSocketsOf: (ours) => ours.flatMap((each) => heldSocketOf(each, members) ?? []),
    isStillHeld,
    listenersOfRun: () => listenersOfProcesses(members),
    onLogGrowth: () => ({ close: () => undefined }),
    probe: ({ port: at, addresses }, timeoutMs) =>
      probeOnce(
        { probe: health.health.probe, timeoutMs },
        {
          url: `http://localhost:${at}`,
          port: at,
          addresses,
          cwd: '/',
          environment: { exported: {}, named: {} },
          outputMatches: () => false,
          image: null,
          signal,
        },
      ),
  };
  return awaitReady({ service: health, port, besides: null, signal }, world);
}
