import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Long enough for a service to end and to be started anew meanwhile. */
const FULL_MS = 700;

/** Leaves no byte free on the file system of this folder, for a moment. */
export async function fillDisk(folder) {
  const ballast = join(folder, 'ballast');
  const descriptor = openSync(ballast, 'w');
  for (const size of [1024 * 1024, 4096, 1]) fillWith(descriptor, Buffer.alloc(size));
  closeSync(descriptor);
  await delay(FULL_MS);
  rmSync(ballast);
  return [];
}

function fillWith(descriptor, piece) {
  try {
    while (writeSync(descriptor, piece) > 0);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  }
}
