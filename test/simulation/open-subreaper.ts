import { runIdsOf, SUBREAPER_MARK } from '../../src/platform/run-marks.ts';
import type { ServiceParent } from '../../src/platform/spawn-service.ts';
import { callSystem, whileAlive } from './killed.ts';
import type { Machine } from './machine.ts';
import type { ServicePrograms } from './service-programs.ts';
import type { SimulatedProcess } from './simulated-process.ts';

export interface SubreaperFacts {
  readonly machine: Machine;
  readonly self: SimulatedProcess;
  readonly programs: ServicePrograms;
}

/** A parent for a service, as `platform/subreaper.ts` makes one: what loses its parent in its tree is its child. */
export function openSubreaper({ machine, self, programs }: SubreaperFacts, tag: string): ServiceParent {
  const reaper = machine.spawn({
    name: 'subreaper',
    parentPid: self.pid,
    environment: { [tag]: '1', [SUBREAPER_MARK]: '1' },
    run: runIdsOf([tag])[0] ?? null,
  });
  let hasLaunched = false;
  const leave = (): void => machine.end(reaper, { code: 0, signal: null });
  // It ends with what it is told by, and later with its last child.
  self.whenEnded(() => {
    if (!hasLaunched) leave();
  });
  const unwatch = machine.watch(() => {
    if (hasLaunched && machine.childrenOf(reaper).length === 0) machine.clock.schedule(1, reaper, leave);
  });
  reaper.whenEnded(() => unwatch());
  return {
    dismiss: async () => {
      callSystem(machine, self);
      leave();
    },
    launch: async (request) => {
      callSystem(machine, self);
      await new Promise<void>((resolve) => machine.clock.schedule(1, self, () => resolve()));
      callSystem(machine, self);
      if (!reaper.isAlive) return undefined;
      hasLaunched = true;
      const root = programs.launch(request, reaper);
      return { identity: root.identity, exited: whileAlive(self, root.ended) };
    },
  };
}
