import * as crypto from 'node:crypto';
import * as fileSystem from 'node:fs';
import { createRequire } from 'node:module';
import { callSystem, takeTurn } from './killed.ts';
import type { Machine } from './machine.ts';
import type { SimulatedClock, SimulatedTimer } from './simulated-clock.ts';
import { type SimulatedProcess, USER } from './simulated-process.ts';

const require = createRequire(import.meta.url);

/** What Node gives a program, as it is in a process of a simulated machine; files are real. */
export function nodeOf(machine: Machine, self: SimulatedProcess) {
  const { clock } = machine;
  const modules: Readonly<Record<string, unknown>> = {
    'node:fs': guarded(fileSystem, () => callSystem(machine, self)),
    'node:timers/promises': {
      setTimeout: (ms: number) => new Promise<void>((resolve) => clock.schedule(ms, self, resolve)),
      setImmediate: () => new Promise<void>((resolve) => clock.schedule(0, self, resolve)),
    },
    'node:crypto': { ...crypto, randomBytes: (size: number) => machine.randomBytes(size) },
  };
  const turn = (action: () => void) => () => takeTurn(machine, self, action);
  const schedule = (action: () => void, ms = 0): SimulatedTimer => clock.schedule(ms, self, turn(action));
  const repeat = (action: () => void, ms: number): Repeated => new Repeated(clock, self, { action: turn(action), ms });
  const requireModule = (name: string): unknown => modules[name] ?? require(name);
  return {
    require: requireModule,
    process: { ...processOf(machine, self), getBuiltinModule: requireModule },
    performance: { now: () => clock.look() },
    Date: dateOf(clock),
    queueMicrotask: (action: () => void) => queueMicrotask(turn(action)),
    setTimeout: schedule,
    clearTimeout: (timer: SimulatedTimer) => clock.cancel(timer),
    setInterval: repeat,
    clearInterval: (timer: Repeated) => timer.cancel(),
  };
}

/** A timer that goes on. */
class Repeated {
  #timer: SimulatedTimer;
  readonly #clock: SimulatedClock;

  constructor(
    clock: SimulatedClock,
    owner: object,
    { action, ms }: { readonly action: () => void; readonly ms: number },
  ) {
    this.#clock = clock;
    const fire = (): void => {
      this.#timer = clock.schedule(ms, owner, fire);
      action();
    };
    this.#timer = clock.schedule(ms, owner, fire);
  }

  cancel(): void {
    this.#clock.cancel(this.#timer);
  }
}

function processOf(machine: Machine, self: SimulatedProcess) {
  return {
    pid: self.pid,
    ppid: 1,
    platform: 'linux',
    env: { PATH: '' },
    geteuid: () => USER,
    nextTick: process.nextTick,
    kill: (target: number, signal: string): true => {
      callSystem(machine, self);
      if (machine.signal(self, target, signal) > 0) return true;
      throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
    },
  };
}

function dateOf(clock: SimulatedClock): DateConstructor {
  return class extends Date {
    constructor(...given: readonly []) {
      if (given.length > 0) super(...given);
      else super(clock.timeOfDayMs);
    }

    static override now(): number {
      return clock.timeOfDayMs;
    }
  } as DateConstructor;
}

/** Every function of a module asks first. */
function guarded(module: object, ask: () => void): object {
  const functions = Object.entries(module).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'function' || /^[A-Z]/.test(name)) return [name, value];
    return [
      name,
      (...given: readonly unknown[]): unknown => {
        ask();
        return Reflect.apply(value, module, given);
      },
    ];
  });
  return Object.fromEntries(functions);
}
