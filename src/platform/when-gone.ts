import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

const POLL_MS = 100;

/** Resolves when a process that is not our child has ended, or the wait is aborted. Does not keep us alive. */
export async function whenGone(identity: ProcessIdentity, signal?: AbortSignal): Promise<void> {
  while (isAlive(identity) && signal?.aborted !== true) await delay(POLL_MS, undefined, { ref: false });
}
