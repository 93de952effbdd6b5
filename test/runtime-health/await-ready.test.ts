import { describe, expect, test } from 'vitest';
import type { HealthPlan } from '../../src/plan/plan.ts';
import { awaitReady, type ReadyOutcome } from '../../src/runtime/health/await-ready.ts';
import { answered, type FakeWorld, fakeWorld, listener, PASSED, service, TOLD } from './fake-world.ts';

function run(
  world: FakeWorld,
  health: Partial<HealthPlan> = {},
  signal = new AbortController().signal,
  besides: readonly number[] | null = null,
): Promise<ReadyOutcome> {
  return awaitReady({ service: service(health), port: TOLD, besides, signal }, world);
}

describe('readiness', () => {
  test('is reached when the run listens on its port and the probe passes', async () => {
    const world = fakeWorld();
    world.clock.schedule(137, () => world.ours.push(listener(TOLD)));
    expect(await run(world)).toEqual({
      outcome: 'ready',
      port: TOLD,
      addresses: ['127.0.0.1'],
      sockets: [],
      address: '127.0.0.1',
      scheme: 'http',
      responseMs: 42,
      grade: 'excellent',
    });
    expect(world.probes).toHaveLength(1);
    expect(world.probes[0]?.at).toBeLessThan(150);
  });

  test('looks every 4 ms at first, every 10 ms for three seconds and every 100 ms after, and asks whose a listener is only when there is one', async () => {
    const world = fakeWorld();
    world.clock.schedule(5_050, () => world.ours.push(listener(TOLD)));
    await run(world);
    const gaps = world.looks.slice(1).map((at, index) => at - (world.looks[index] ?? 0));
    const early = gaps.filter((_, index) => (world.looks[index + 1] ?? 0) < 3_000);
    expect(new Set(early)).toEqual(new Set([4, 10]));
    expect(world.looks.filter((at) => at > 3_000 && at <= 5_000).length).toBeLessThanOrEqual(21);
    expect(world.ownershipChecks.every((at) => at > 5_000)).toBe(true);
  });

  test('is looked for at once when the log grows', async () => {
    const world = fakeWorld();
    world.clock.schedule(4_203, () => {
      world.ours.push(listener(TOLD));
      world.growLog();
    });
    await run(world);
    expect(world.probes[0]?.at).toBeLessThanOrEqual(4_210);
  });

  test('tells at the timeout what an unhurried question saw, not what the last one had no time to see', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    world.answer = () =>
      (world.probes.at(-1)?.timeoutMs ?? 0) > 250
        ? { passed: false, responseMs: 1, seen: { kind: 'status', url: 'http://localhost:8000/', status: 404 } }
        : { passed: false, responseMs: null, seen: { kind: 'error', message: 'ETIMEDOUT' } };

    const outcome = await run(world, { startTimeoutMs: 1_100 });

    expect(world.probes.at(-1)?.timeoutMs).toBeLessThan(250);
    expect(outcome).toMatchObject({ outcome: 'timeout', seen: { kind: 'status', status: 404 } });
  });

  test('leaves no watch on the log behind', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    await run(world);
    expect(world.watchers.size).toBe(0);
  });

  test('needs nothing but a running process for a service without a port', async () => {
    const outcome = awaitReady(
      {
        service: service({ probe: { kind: 'process' } }),
        port: null,
        besides: null,
        signal: new AbortController().signal,
      },
      fakeWorld(),
    );
    expect(await outcome).toMatchObject({ outcome: 'ready', port: null });
  });

  test('waits for the initial delay before it asks', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    await run(world, { initialDelayMs: 2_000 });
    expect(world.probes[0]?.at).toBeGreaterThanOrEqual(2_000);
  });

  test('needs as many answers in a row as the plan says', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    const answers = [PASSED, PASSED, answered(503), PASSED, PASSED, PASSED];
    world.answer = () => answers.shift() ?? answered(500);
    expect(await run(world, { successThreshold: 3 })).toMatchObject({ outcome: 'ready' });
    expect(answers).toEqual([]);
  });

  test('is not believed when the listener went away while its answer came', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    world.answer = () => {
      if (world.probes.length === 1) world.ours = [];
      return PASSED;
    };
    world.clock.schedule(1_000, () => world.ours.push(listener(TOLD)));
    expect(await run(world)).toMatchObject({ outcome: 'ready' });
    expect(world.probes).toHaveLength(2);
  });
});

describe('a slow or failing start', () => {
  test('gets one patient request at a time, never a burst, however much it logs', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    world.answerMs = 3_000;
    world.answer = () => {
      world.growLog();
      return world.probes.length < 4 ? answered(503) : PASSED;
    };
    await run(world);
    expect(world.probes).toHaveLength(4);
    expect(world.probes.every(({ timeoutMs }) => timeoutMs === 10_000)).toBe(true);
    const gaps = world.probes.slice(1).map(({ at }, index) => at - (world.probes[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_250);
  });

  test('times out with the last thing that was seen', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    world.answer = () => answered(404);
    expect(await run(world)).toEqual({
      outcome: 'timeout',
      seen: { kind: 'status', url: 'http://localhost:8000/health', status: 404 },
    });
  });

  test('times out on time, and no request may take longer than what is left', async () => {
    const world = fakeWorld();
    const startedAt = world.clock.monotonicMs();
    world.clock.schedule(1_900, () => world.ours.push(listener(TOLD)));
    world.answer = () => answered(503);
    await run(world, { startTimeoutMs: 2_000 });
    expect(world.probes[0]?.timeoutMs).toBeLessThanOrEqual(100);
    expect(world.clock.monotonicMs() - startedAt).toBeLessThanOrEqual(2_000);
  });

  test('says that nothing listens when what answered before is gone', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    world.answer = () => answered(500);
    world.clock.schedule(5_000, () => (world.ours = []));
    expect(await run(world, { startTimeoutMs: 10_000 })).toEqual({
      outcome: 'timeout',
      seen: { kind: 'nothing-listens' },
    });
  });

  test.each([0, 500, 4_000])('ends when it is aborted after %i ms', async (ms) => {
    const world = fakeWorld();
    const startedAt = world.clock.monotonicMs();
    const ending = new AbortController();
    world.clock.schedule(ms, () => ending.abort());
    expect(await run(world, {}, ending.signal)).toEqual({ outcome: 'aborted' });
    expect(world.clock.monotonicMs() - startedAt).toBeLessThanOrEqual(ms);
    expect(world.watchers.size).toBe(0);
  });

  test('is aborted, not ready, when the run ends while the answer comes', async () => {
    const world = fakeWorld();
    const ending = new AbortController();
    world.ours.push(listener(TOLD));
    world.answer = () => {
      ending.abort();
      return PASSED;
    };
    expect(await run(world, {}, ending.signal)).toEqual({ outcome: 'aborted' });
  });
});

describe('a port that another process has', () => {
  test('is stolen, at once and without a request, when only a stranger listens there', async () => {
    const world = fakeWorld();
    const startedAt = world.clock.monotonicMs();
    world.clock.schedule(200, () => world.others.push(listener(TOLD)));
    expect(await run(world)).toEqual({ outcome: 'stolen', port: TOLD, ours: [], others: [listener(TOLD)] });
    expect(world.clock.monotonicMs() - startedAt).toBeLessThan(300);
    expect(world.probes).toEqual([]);
  });

  test('is stolen when a stranger shares it with the run', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD, '0.0.0.0', 'mine'));
    world.others.push(listener(TOLD, '0.0.0.0', 'theirs'));
    expect(await run(world)).toMatchObject({
      outcome: 'stolen',
      ours: [{ inode: 'mine' }],
      others: [{ inode: 'theirs' }],
    });
    expect(world.probes).toEqual([]);
  });

  test('is stolen when a stranger has the other loopback, where a browser may end up', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD, '127.0.0.1'));
    world.others.push(listener(TOLD, '::1'));
    expect(await run(world)).toMatchObject({ outcome: 'stolen', others: [{ address: '::1' }] });
  });

  test('is not stolen by a process that listens on an address that is not asked', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD, '127.0.0.1'));
    world.others.push(listener(TOLD, '192.168.1.7'));
    expect(await run(world)).toMatchObject({ outcome: 'ready' });
  });

  test('is looked at anew when the socket that was found is closed while it is asked', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD));
    const before = { pid: 100, descriptor: 18, inode: 'before' };
    const after = { ...before, inode: 'after' };
    world.sockets = [before];
    world.clock.schedule(0, () => (world.sockets = [after]));
    expect(await run(world)).toMatchObject({ outcome: 'ready', sockets: [after] });
    expect(world.probes).toHaveLength(2);
  });

  test('is not stolen by a program that only tries whether it is free', async () => {
    const world = fakeWorld();
    world.others.push(listener(TOLD, '::', 'test'));
    world.clock.schedule(20, () => (world.others = []));
    world.clock.schedule(500, () => world.ours.push(listener(TOLD)));
    expect(await run(world)).toMatchObject({ outcome: 'ready' });
  });

  test('is not stolen when the listener turns out to be a process of ours that was too young to be seen', async () => {
    const world = fakeWorld();
    world.others.push(listener(TOLD));
    world.clock.schedule(20, () => {
      world.ours = world.others;
      world.others = [];
    });
    expect(await run(world)).toMatchObject({ outcome: 'ready' });
  });
});

describe('a time of day that is set anew during a start', () => {
  test.each([-20_000, 20_000])('by %i ms changes neither how often it looks nor when it gives up', async (byMs) => {
    const looksOf = async (set: number) => {
      const world = fakeWorld();
      world.clock.schedule(1_000, () => world.clock.set(set));
      expect(await run(world)).toEqual({ outcome: 'timeout', seen: { kind: 'nothing-listens' } });
      return { looks: world.looks, tookMs: world.clock.monotonicMs() };
    };
    expect(await looksOf(byMs)).toEqual(await looksOf(0));
  });
});

describe('a run that listens on another port than it was told', () => {
  test('is not looked for on a port that was open beside its own before', async () => {
    const world = fakeWorld();
    world.ours.push(listener(TOLD + 1));
    const outcome = await run(world, {}, new AbortController().signal, [TOLD + 1]);
    expect(outcome).toMatchObject({ outcome: 'timeout' });
    expect(world.probes).toEqual([]);
  });

  test('is ready within half a second on a port that it opens in place of the one where it was ready', async () => {
    const world = fakeWorld();
    const startedAt = world.clock.monotonicMs();
    world.ours.push(listener(9100), listener(TOLD + 1));
    const outcome = await run(world, {}, new AbortController().signal, [9100]);
    expect(outcome).toMatchObject({ outcome: 'ready', port: TOLD + 1 });
    expect(world.clock.monotonicMs() - startedAt).toBeLessThan(500);
  });

  test('is ready there, which the outcome says', async () => {
    const world = fakeWorld();
    world.ours.push(listener(3000));
    expect(await run(world)).toMatchObject({ outcome: 'ready', port: 3000 });
  });

  test('is not taken at its side port while the told one may still open', async () => {
    const world = fakeWorld();
    world.ours.push(listener(9100));
    world.clock.schedule(4_000, () => world.ours.push(listener(TOLD)));
    expect(await run(world)).toMatchObject({ outcome: 'ready', port: TOLD });
    expect(world.probes.map(({ port }) => port)).toEqual([TOLD]);
  });

  test('is not taken at a debugger, a worker or an address of another host', async () => {
    const world = fakeWorld();
    world.ours.push(listener(9229), listener(40_123), listener(3000, '192.168.1.7'));
    expect(await run(world)).toEqual({ outcome: 'timeout', seen: { kind: 'nothing-listens' } });
    expect(world.probes).toEqual([]);
  });

  test('is asked at the nearest port above the told one first, then at the others', async () => {
    const world = fakeWorld();
    world.ours.push(listener(7000), listener(8002), listener(9000));
    world.answer = (port) => (port === 7000 ? PASSED : answered(404));
    expect(await run(world)).toMatchObject({ outcome: 'ready', port: 7000 });
    expect(world.probes.map(({ port }) => port)).toEqual([8002, 9000, 7000]);
  });

  test('is not ready where a stranger listens too', async () => {
    const world = fakeWorld();
    world.ours.push(listener(3000, '127.0.0.1', 'mine'));
    world.others.push(listener(3000, '127.0.0.1', 'theirs'));
    expect(await run(world)).toMatchObject({ outcome: 'timeout' });
  });
});
