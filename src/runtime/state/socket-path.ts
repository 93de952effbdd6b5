import { join } from 'node:path';
import { sha256 } from '../../base/sha256.ts';
import { commonRuntimeDirectory } from '../../platform/runtime-directory.ts';
import { isSocketPath } from '../../platform/unix-socket.ts';
import { pathsOf } from './paths.ts';

/**
 * Where the supervisor of the checkout at `root` listens: among its state, whatever shell asks. Only where a path can
 * be too long for a socket, in the user's runtime directory under a name made from the root.
 * `root` must be the real path, or two names of one checkout would have two supervisors.
 */
export function socketPathOf(root: string): string {
  const beside = join(pathsOf(root).state, 'supervisor.sock');
  if (isSocketPath(beside)) return beside;
  const name = sha256(root).slice(0, 32);
  return join(commonRuntimeDirectory(), `${name}.sock`);
}
