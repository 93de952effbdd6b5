import { setTimeout as delay } from 'node:timers/promises';
import { pidExists } from './pid-exists.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const POLL_MS = 100;

/**
 * Resolves when a process that is not our child has ended, or the wait is aborted. Does not keep us alive. On Windows,
 * where its start time is dear to know, that is read once, and then only whether a process has its pid.
 */
export async function whenGone(identity: ProcessIdentity, signal?: AbortSignal): Promise<void> {
  if (!isAlive(identity)) return;
  const goesOn = process.platform === 'win32' ? () => pidExists(identity.pid) : () => isAlive(identity);
  while (signal?.aborted !== true && goesOn()) await delay(POLL_MS, undefined, { ref: false });
}
