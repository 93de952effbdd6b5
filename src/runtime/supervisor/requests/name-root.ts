import type { RootRequest } from '../control/protocol.ts';
import type { Supervisor } from '../supervisor.ts';

/** From now on that process stands for the run: the one that was spawned for it only keeps its place. */
export function nameRoot(supervisor: Supervisor, { run, root }: RootRequest): null {
  const runner = supervisor.runners.find(({ record }) => record?.id === run);
  runner?.live?.amend({ root });
  return null;
}
