import { msToSharedMoment } from '../../../platform/clock.ts';
import { lookAtProcesses } from '../../process/look-at-processes.ts';
import type { LiveRun } from './live-run.ts';
import { ownListeners } from './own-listeners.ts';
import type { RunnerHost } from './runner-host.ts';

const SHARED_MS = 2000;

/**
 * Notes where a run that is well listens beside its port. At a moment that other runs have, too: one look at all
 * processes is for all that have become ready together.
 */
export async function noteBesides(live: LiveRun, { clock }: Pick<RunnerHost, 'clock'>): Promise<void> {
  const { signal } = live.ending;
  await clock.delay(msToSharedMoment(SHARED_MS, clock), signal);
  const processes = await lookAtProcesses();
  if (signal.aborted) return;
  const ports = ownListeners(live.record, processes).map(({ port }) => port);
  live.noteBesides(ports.filter((port) => port !== live.record.port));
}
