import { existsSync, writeFileSync } from 'node:fs';
import { err, ok } from '../../src/base/result.ts';
import type { SpawnOutcome, SpawnRequest } from '../../src/platform/spawn-service.ts';
import type { SubreaperRequest } from '../../src/platform/spawn-subreaper.ts';
import { callSystem, whileAlive } from './killed.ts';
import { launchUnderSubreaper } from './launch-under-subreaper.ts';
import type { Machine } from './machine.ts';
import type { ServicePrograms } from './service-programs.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** What starts processes and waits for their files, as it is on a simulated machine. */
export function bordersOfSpawning(machine: Machine, self: SimulatedProcess, programs: ServicePrograms) {
  const hasWriter = (path: string): boolean =>
    path !== '' && machine.processes.some(({ facts }) => facts.stdin === path);
  const later = (ms: number): Promise<void> =>
    new Promise((resolve) => machine.clock.schedule(ms, self, () => resolve()));
  return {
    fifo: {
      createFifo: async (path) => {
        callSystem(machine, self);
        await later(2);
        callSystem(machine, self);
        if (!existsSync(path)) writeFileSync(path, '');
        return 'created';
      },
      hasFifoWriter: (path) => {
        callSystem(machine, self);
        return hasWriter(path);
      },
      fifoWriters: (path) => {
        callSystem(machine, self);
        return machine.processes.filter(({ facts }) => facts.stdin === path).map(({ pid }) => pid);
      },
      watchFifo: (path) => {
        callSystem(machine, self);
        if (!existsSync(path)) return undefined;
        const release = machine.hold('FIFO watches');
        let unwatch = (): void => undefined;
        const emptied = new Promise<void>((resolve) => {
          const look = (): void => {
            if (!hasWriter(path)) resolve();
          };
          unwatch = machine.watch(look);
          look();
        });
        const close = (): void => {
          release();
          unwatch();
        };
        self.whenEnded(close);
        return { hasWriter: () => hasWriter(path), emptied: whileAlive(self, emptied), close };
      },
    } satisfies typeof import('../../src/platform/fifo.ts'),
    'spawn-service': {
      preloadSpawner: async () => undefined,
      spawnService: async (request: SpawnRequest, subreaper?: SubreaperRequest): Promise<SpawnOutcome> => {
        callSystem(machine, self);
        if (request.fifo !== '') writeFileSync(request.fifo, '');
        if (programs.refusesNext()) return err({ stage: 'program', code: 'EACCES', message: 'permission denied' });
        const isPossible = subreaper !== undefined && programs.hasSubreapers;
        const launched = isPossible
          ? await launchUnderSubreaper({ machine, self, programs }, subreaper.tag, request)
          : undefined;
        if (launched !== undefined) return ok(launched);
        await later(1);
        callSystem(machine, self);
        if (request.fifo !== '' && !existsSync(request.fifo)) writeFileSync(request.fifo, '');
        const root = programs.launch(request, self);
        return ok({ identity: root.identity, exited: whileAlive(self, root.ended) });
      },
    },
    'run-command': {
      runCommand: async ({ signal, environment }) => {
        callSystem(machine, self);
        const { process, done } = programs.runBefore(environment, self);
        const end = (): void => machine.end(process, { code: null, signal: 'SIGTERM' });
        if (signal?.aborted === true) end();
        signal?.addEventListener('abort', end);
        const how = await whileAlive(self, done);
        return { ...how, output: '', ended: signal?.aborted === true ? 'aborted' : 'by-itself' };
      },
    } satisfies typeof import('../../src/platform/run-command.ts'),
    'notify-desktop': { notifyDesktop: () => undefined },
    'find-container': { findContainer: async () => null },
  };
}
