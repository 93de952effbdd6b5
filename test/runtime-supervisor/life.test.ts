import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newsOf } from '../../scripts/lifecycle/walk-table.ts';
import { RESTART_CAUSES, type RestartPlan } from '../../src/plan/plan.ts';
import type { Failure } from '../../src/runtime/state/lifecycle.ts';
import {
  AT_REST,
  type Lifecycle,
  type LifecycleAction,
  type LifecycleEvent,
} from '../../src/runtime/supervisor/lifecycle/service-lifecycle.ts';
import { transition } from '../../src/runtime/supervisor/lifecycle/transition.ts';

const FAILURE: Failure = { reason: 'cancelled' };
const CRASH = { exit: { code: 1, signal: null }, failure: FAILURE, hasLostRace: false };

/**
 * The world that the table's actions act upon: which runs have processes, which stops are under way, whether a back-off is
 * running. It fails the test at an action that could not be performed.
 */
class World {
  lifecycle: Lifecycle = AT_REST;
  readonly living = new Set<string>();
  readonly ending = new Set<string>();
  readonly past: string[] = [];
  isBackingOff = false;
  launches = 0;
  nowMs = 0;
  readonly #restart: RestartPlan;

  constructor(restart: RestartPlan) {
    this.#restart = restart;
  }

  /** Says what happened; the processes themselves have done it already. */
  tell(event: LifecycleEvent): void {
    const freshRun = `run ${this.launches + 1}`;
    const facts = { nowMs: this.nowMs, freshRun, restart: this.#restart, hasOtherPort: true };
    const step = transition(this.lifecycle, event, facts);
    this.lifecycle = step.lifecycle;
    for (const action of step.actions) this.#perform(action);
    this.#expectTruth();
  }

  /** The current run ends by itself; it may be for a stranger on its port. */
  crash({ hasLostRace }: { readonly hasLostRace: boolean } = { hasLostRace: false }): void {
    const { run } = this.lifecycle;
    if (run === null || !this.living.has(run) || this.ending.has(run)) return;
    this.#gone(run);
    this.tell({ type: 'exited', run, ...CRASH, hasLostRace });
  }

  endStop(): void {
    for (const run of [...this.ending]) {
      this.#gone(run);
      this.tell({ type: 'stopped', run, exit: null });
    }
  }

  failStop(): void {
    for (const run of [...this.ending]) {
      this.ending.delete(run);
      this.tell({ type: 'stop-failed', run, failure: FAILURE });
    }
  }

  endBackOff(): void {
    if (!this.isBackingOff) return;
    this.isBackingOff = false;
    this.tell({ type: 'backed-off' });
  }

  #gone(run: string): void {
    this.living.delete(run);
    this.ending.delete(run);
    this.past.push(run);
  }

  #perform(action: LifecycleAction): void {
    switch (action.do) {
      case 'launch':
        assert.equal(this.living.size, 0, 'launched over a run that may live');
        this.living.add(action.run);
        this.launches += 1;
        break;
      case 'end':
        assert.ok(this.#hasNoneBut(action.run), 'ends another run than the one that lives');
        this.ending.add(action.run);
        break;
      case 'back-off':
        assert.ok(!this.isBackingOff, 'backs off twice');
        this.isBackingOff = true;
        break;
      case 'cancel-back-off':
        assert.ok(this.isBackingOff, 'cancels what is not there');
        this.isBackingOff = false;
    }
  }

  #expectTruth(): void {
    const { state, run, wanted } = this.lifecycle;
    assert.ok(this.#hasNoneBut(run), 'another run lives than the one it knows');
    // When the rest of a run whose stop failed ends is not told; the next stop or start finds that out.
    if (run !== null && state !== 'failed' && state !== 'stopping')
      assert.ok(this.living.has(run), 'believes in the dead');
    assert.equal(this.isBackingOff, state === 'backing-off');
    assert.equal(this.ending.size > 0, state === 'stopping');
    // Nothing starts or runs on that is not wanted; a run whose stop failed may.
    if (wanted === 'down')
      assert.ok(['down', 'stopping', 'failed'].includes(state), `${state} though it is not wanted`);
  }

  #hasNoneBut(run: string | null): boolean {
    return [...this.living].every((each) => each === run);
  }
}

const BACKOFF = { initialMs: 1000, maxMs: 30_000 };
const restartPlan: fc.Arbitrary<RestartPlan> = fc.record({
  policy: fc.constantFrom('on-failure' as const, 'always' as const, 'never' as const),
  maxRestarts: fc.nat(5),
  windowMs: fc.constantFrom(1, 1000, 60_000),
  backoff: fc.constant(BACKOFF),
  on: fc.subarray([...RESTART_CAUSES]),
  maxMemoryBytes: fc.constant(null),
});

/** What may happen, whatever the state: the user's wishes, news of the run (none of its end) and of earlier ones, and time. */
const happening: fc.Arbitrary<(world: World) => void> = fc.oneof(
  fc
    .constantFrom<LifecycleEvent>(
      { type: 'start' },
      { type: 'stop', mode: 'graceful' },
      { type: 'stop', mode: 'kill' },
      { type: 'restart' },
    )
    .map((event) => (world: World) => world.tell(event)),
  fc.nat(4).map((index) => (world: World) => {
    const news = newsOf(world.lifecycle.run ?? 'none')[index];
    if (news !== undefined) world.tell(news);
  }),
  fc.nat(8).map((index) => (world: World) => {
    const before = world.lifecycle;
    // One that ended after a stop of it had failed is known still.
    const news = newsOf(world.past.findLast((run) => run !== before.run) ?? 'none')[index];
    if (news !== undefined) world.tell(news);
    assert.deepEqual(world.lifecycle, before);
  }),
  fc.constantFrom(
    (world: World) => world.crash(),
    (world: World) => world.crash({ hasLostRace: true }),
    (world: World) => world.endStop(),
    (world: World) => world.failStop(),
    (world: World) => world.endBackOff(),
  ),
  fc.integer({ min: 1, max: 100_000 }).map((ms) => (world: World) => {
    world.nowMs += ms;
  }),
);

test('whatever happens in whatever order, no run starts beside another, and every action can be performed', () => {
  fc.assert(
    fc.property(restartPlan, fc.array(happening, { maxLength: 60 }), (restart, happenings) => {
      const world = new World(restart);
      for (const happen of happenings) happen(world);
    }),
    { numRuns: 1000 },
  );
});

test('after a stop, whatever came before it, the service comes to rest without another start', () => {
  fc.assert(
    fc.property(restartPlan, fc.array(happening, { maxLength: 40 }), (restart, happenings) => {
      const world = new World(restart);
      for (const happen of happenings) happen(world);
      const { launches } = world;
      world.tell({ type: 'stop', mode: 'graceful' });
      world.crash();
      world.endStop();
      world.endBackOff();
      expect(world.lifecycle).toMatchObject({ wanted: 'down', state: 'down', run: null });
      expect([...world.living]).toEqual([]);
      expect(world.launches).toBe(launches);
    }),
    { numRuns: 500 },
  );
});

test('a service gives up exactly at the first crash that makes more within the window than restarts are allowed', () => {
  const windowMs = 60_000;
  const gaps = fc.array(fc.constantFrom(0, 1, 10_000, 20_000, 30_000), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), gaps, (maxRestarts, gapsMs) => {
      const world = new World({
        policy: 'on-failure',
        maxRestarts,
        windowMs,
        backoff: BACKOFF,
        on: ['memory'],
        maxMemoryBytes: null,
      });
      const crashedAt: number[] = [];
      world.tell({ type: 'start' });
      for (const gapMs of gapsMs) {
        const { run } = world.lifecycle;
        if (run === null) break;
        world.tell({ type: 'ready', run });
        world.nowMs += gapMs;
        crashedAt.push(world.nowMs);
        world.crash();
        const recent = crashedAt.filter((at) => world.nowMs - at < windowMs).length;
        expect(world.lifecycle.state).toBe(recent > maxRestarts ? 'failed' : 'backing-off');
        if (recent > maxRestarts) {
          expect(world.lifecycle.failure).toMatchObject({ reason: 'crash-loop', crashes: recent });
        }
        world.endBackOff();
      }
    }),
    { numRuns: 500 },
  );
});
