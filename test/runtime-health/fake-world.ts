import type { ServicePlan } from '../../src/plan/plan.ts';
import type { Clock } from '../../src/platform/clock.ts';
import type { HeldSocket } from '../../src/platform/held-socket.ts';
import type { Listener } from '../../src/platform/listeners.ts';
import type { ProbeResult } from '../../src/runtime/health/probe.ts';
import type { ReadinessWorld } from '../../src/runtime/health/readiness.ts';
import { servicePlan } from '../plan/service-plan.ts';

export const TOLD = 8000;

/** A clock on which waiting takes no time: a wait moves it on, and what was planned for the time between happens. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  #planned: { readonly at: number; readonly action: () => void }[] = [];

  #setByMs = 0;

  now(): number {
    return this.#now + this.#setByMs;
  }

  monotonicMs(): number {
    return this.#now;
  }

  /** Sets the time of day forward, or back; no time passes. */
  set(byMs: number): void {
    this.#setByMs += byMs;
  }

  async delay(ms: number, signal?: AbortSignal): Promise<void> {
    const end = this.#now + ms;
    while (signal?.aborted !== true) {
      const next = this.#planned.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.#planned = this.#planned.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.action();
    }
    if (signal?.aborted !== true) this.#now = end;
    await Promise.resolve();
  }

  schedule(ms: number, action: () => void): { cancel(): void } {
    const planned = { at: this.#now + ms, action };
    this.#planned.push(planned);
    return {
      cancel: () => {
        this.#planned = this.#planned.filter((each) => each !== planned);
      },
    };
  }
}

export interface FakeWorld extends ReadinessWorld {
  readonly clock: FakeClock;
  /** Who listens now. */
  ours: Listener[];
  others: Listener[];
  /** Those of ours that the system can tell of. */
  sockets: HeldSocket[];
  /** What the probe says, by port; how long it takes to say it. */
  answer: (port: number | null) => ProbeResult;
  answerMs: number;
  readonly looks: number[];
  readonly ownershipChecks: number[];
  readonly probes: { readonly at: number; readonly port: number | null; readonly timeoutMs: number }[];
  growLog(): void;
  readonly watchers: Set<() => void>;
}

export function fakeWorld(): FakeWorld {
  const clock = new FakeClock();
  const startedAt = clock.monotonicMs();
  const world: FakeWorld = {
    clock,
    ephemeral: { from: 32_768, to: 60_999 },
    ours: [],
    others: [],
    sockets: [],
    answer: () => PASSED,
    answerMs: 1,
    looks: [],
    ownershipChecks: [],
    probes: [],
    watchers: new Set(),
    growLog: () => {
      for (const watcher of world.watchers) watcher();
    },
    listenersOn: (port) => {
      world.looks.push(clock.monotonicMs() - startedAt);
      return [...world.ours, ...world.others].filter((each) => each.port === port);
    },
    ownership: (port) => {
      world.ownershipChecks.push(clock.monotonicMs() - startedAt);
      const isThere = (each: Listener): boolean => each.port === port;
      return { ours: world.ours.filter(isThere), others: world.others.filter(isThere) };
    },
    heldSocketsOf: () => world.sockets,
    isStillHeld: (socket) => world.sockets.includes(socket),
    listenersOfRun: () => world.ours,
    onLogGrowth: (action) => {
      world.watchers.add(action);
      return { close: () => void world.watchers.delete(action) };
    },
    probe: async ({ port }, timeoutMs) => {
      world.probes.push({ at: clock.monotonicMs() - startedAt, port, timeoutMs });
      await clock.delay(world.answerMs);
      return world.answer(port);
    },
  };
  return world;
}

export const PASSED: ProbeResult = { passed: true, responseMs: 42, address: '127.0.0.1', scheme: 'http' };

export function answered(status: number): ProbeResult {
  return { passed: false, responseMs: 5, seen: { kind: 'status', url: 'http://localhost:8000/health', status } };
}

export function listener(port: number, address = '127.0.0.1', inode = `${address}:${port}`): Listener {
  return { family: address.includes(':') ? 6 : 4, address, port, inode, userId: 1000 };
}

export function service(health: Partial<ServicePlan['health']> = {}): Pick<ServicePlan, 'host' | 'health'> {
  const { host, health: defaults } = servicePlan();
  return { host, health: { ...defaults, timeoutMs: 1000, ...health } };
}
