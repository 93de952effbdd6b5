import { join } from 'node:path';
import { sha256 } from '../../base/sha256.ts';
import { userRuntimeDirectory } from '../../platform/runtime-directory.ts';
import { pathsOf } from './paths.ts';

/**
 * Longest address of a Unix socket that every kernel takes, without the closing NUL.
 * Source: unix(7), `sun_path` has 108 bytes on Linux; 104 on macOS and the BSDs.
 */
const LONGEST_ADDRESS_BYTES = 103;

/**
 * Where the supervisor of the checkout at `root` listens: among its state, or, where that path is too long for a
 * socket, in the user's runtime directory under a name made from the root.
 * `root` must be the real path, or two names of one checkout would have two supervisors.
 */
export function socketPathOf(root: string): string {
  const beside = join(pathsOf(root).state, 'supervisor.sock');
  if (Buffer.byteLength(beside) <= LONGEST_ADDRESS_BYTES) return beside;
  const name = sha256(root).slice(0, 32);
  return join(userRuntimeDirectory(), `${name}.sock`);
}
