import { join } from 'node:path';
import { callSystem, takeTurn } from './killed.ts';
import type { Machine } from './machine.ts';
import type { SimulatedProcess } from './simulated-process.ts';

const LOOK_MS = 20;

/** Locks and watches, as they are on a simulated machine; its files are real, in its folder. */
export function bordersOfFiles(machine: Machine, self: SimulatedProcess) {
  const acquireLock = async (name: string, directory: string) => {
    callSystem(machine, self);
    const lock = machine.lock(join(directory, name), self);
    if (lock === undefined) return undefined;
    const given = machine.hold('locks');
    self.whenEnded(given);
    return {
      release: async () => {
        given();
        lock.release();
      },
    };
  };
  return {
    'checkout-lock': {
      acquireLock,
      acquireLockWaiting: async (name, directory, timeoutMs) => {
        const endMs = machine.clock.nowMs + timeoutMs;
        for (;;) {
          const lock = await acquireLock(name, directory);
          if (lock !== undefined || machine.clock.nowMs >= endMs) return lock;
          await new Promise<void>((resolve) => machine.clock.schedule(1, self, () => resolve()));
        }
      },
    } satisfies typeof import('../../src/platform/checkout-lock.ts'),
    'runtime-directory': {
      userRuntimeDirectory: () => join(machine.folder, 'runtime'),
      commonRuntimeDirectory: () => join(machine.folder, 'runtime'),
    } satisfies typeof import('../../src/platform/runtime-directory.ts'),
    // No link leads anywhere.
    'real-path': { realPathOf: (path) => path } satisfies typeof import('../../src/platform/real-path.ts'),
    'call-supervisor': {
      // The neighbours of this checkout can be seen, and not be asked.
      callSupervisor: async () => ({ ok: false, error: { reason: 'unreachable', code: 'ECONNREFUSED' } }) as const,
    },
    'watch-path': {
      watchPath: (path, onChange) => {
        callSystem(machine, self);
        const release = machine.hold('path watches');
        const unwatch = machine.watchFile(path, () => {
          machine.clock.schedule(LOOK_MS, self, () => takeTurn(machine, self, onChange));
        });
        const close = (): void => {
          release();
          unwatch();
        };
        self.whenEnded(close);
        return { close };
      },
    } satisfies typeof import('../../src/platform/watch-path.ts'),
  };
}
