import { join } from 'node:path';
import { BUILD_ID } from '../../plan/build-id.ts';
import { readRegularText } from '../../platform/regular-file.ts';

/** The smallest of the runtime's files that says of which build it is. */
const STAMPED = 'load.cjs';

/**
 * Whether the runtime that this process is of lies on the disk no more, as after a `git pull` that brought another one:
 * a supervisor that it spawned would be of that. Where the runtime runs from its sources nothing tells.
 */
export function isReplaced(runtimeDirectory: string): boolean {
  if (BUILD_ID === 'source') return false;
  try {
    return !readRegularText(join(runtimeDirectory, STAMPED)).includes(BUILD_ID);
  } catch {
    return true; // Another branch has no such file.
  }
}
