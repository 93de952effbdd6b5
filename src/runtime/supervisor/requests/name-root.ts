import { writeRunRecord } from '../../state/run-record-file.ts';
import type { RootRequest } from '../control/protocol.ts';
import type { Supervisor } from '../supervisor.ts';

/** From now on that process stands for the run: the one that was spawned for it only keeps its place. */
export function nameRoot(supervisor: Supervisor, { run, root }: RootRequest): null {
  const runner = supervisor.runners.find(({ record }) => record?.id === run);
  if (runner?.live == null) return null;
  runner.live.record = { ...runner.live.record, root };
  writeRunRecord(supervisor.root, runner.live.record);
  runner.publish();
  return null;
}
