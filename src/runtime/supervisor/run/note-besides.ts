import type { LiveRun } from './live-run.ts';
import { ownListeners } from './own-listeners.ts';

/** Notes which ports a run that is well has open beside its own. */
export function noteBesides(live: LiveRun): void {
  const { port, container } = live.record;
  if (port === null || container !== null) return;
  const ports = ownListeners(live.record).map((listener) => listener.port);
  // One that has just closed its own may have moved to one of the others.
  if (ports.includes(port)) live.noteBesides(ports.filter((each) => each !== port));
}
