import { runIdsOf, SUBREAPER_MARK } from '../../src/platform/run-marks.ts';
import type { SpawnedProcess, SpawnRequest } from '../../src/platform/spawn-service.ts';
import { callSystem, whileAlive } from './killed.ts';
import type { Machine } from './machine.ts';
import type { ServicePrograms } from './service-programs.ts';
import type { SimulatedProcess } from './simulated-process.ts';

export interface SubreaperFacts {
  readonly machine: Machine;
  readonly self: SimulatedProcess;
  readonly programs: ServicePrograms;
}

/**
 * Launches a service as `platform/subreaper.ts` does: what loses its parent in its tree is its subreaper's child. What
 * has been ordered is launched, whether or not the one that ordered it still lives.
 */
export async function launchUnderSubreaper(
  { machine, self, programs }: SubreaperFacts,
  tag: string,
  request: SpawnRequest,
): Promise<SpawnedProcess | undefined> {
  callSystem(machine, self);
  const reaper = machine.spawn({
    name: 'subreaper',
    parentPid: self.pid,
    environment: { [tag]: '1', [SUBREAPER_MARK]: '1' },
    run: runIdsOf([tag])[0] ?? null,
  });
  const launched = new Promise<SimulatedProcess | undefined>((resolve) => {
    reaper.whenEnded(() => resolve(undefined));
    machine.clock.schedule(1, reaper, () => {
      resolve(programs.launch(request, reaper));
      endWithChildren(machine, reaper);
    });
  });
  const root = await whileAlive(self, launched);
  callSystem(machine, self);
  return root && { identity: root.identity, exited: whileAlive(self, root.ended) };
}

function endWithChildren(machine: Machine, reaper: SimulatedProcess): void {
  const leave = (): void => machine.end(reaper, { code: 0, signal: null });
  const unwatch = machine.watch(() => {
    if (machine.childrenOf(reaper).length === 0) machine.clock.schedule(1, reaper, leave);
  });
  reaper.whenEnded(() => unwatch());
}
