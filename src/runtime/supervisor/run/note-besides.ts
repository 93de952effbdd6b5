import { lookAtProcesses } from '../../process/look-at-processes.ts';
import type { LiveRun } from './live-run.ts';
import { ownListeners } from './own-listeners.ts';

/** Notes which ports a run that is well has open beside its own; one look at all processes is for all at one moment. */
export async function noteBesides(live: LiveRun): Promise<void> {
  if (live.record.port === null || live.record.container !== null) return;
  const processes = await lookAtProcesses();
  if (live.ending.signal.aborted) return;
  const { port } = live.record;
  const ports = ownListeners(live.record, processes).map((listener) => listener.port);
  // One that has just closed its own may have moved to one of the others.
  if (port !== null && ports.includes(port)) live.noteBesides(ports.filter((each) => each !== port));
}
