import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expectCodes } from './error-code.ts';
import { ownUserId } from './own-user.ts';

/**
 * The folder for what all checkouts of this user share, gone after a reboot: `$XDG_RUNTIME_DIR/devgen`, else
 * `/run/user/UID/devgen` (a shell without the variable must find the same one), else `/tmp/devgen-UID`.
 * Made when missing; belongs to this user and is closed to others (0700). Throws when no such folder can be had.
 */
export function userRuntimeDirectory(): string {
  return firstPrivate([...givenByShell(), ...sameForAllShells()]);
}

/**
 * The same, for what two shells of this user have to agree about: whatever a shell gives comes last. `sudo`, containers
 * of editors and shells for one project (Nix) set the variable to something of their own.
 */
export function commonRuntimeDirectory(): string {
  return firstPrivate([...sameForAllShells(), ...givenByShell()]);
}

function firstPrivate(candidates: readonly string[]): string {
  const found = candidates.find(isPrivateDirectory);
  if (found === undefined) throw new Error(`no private folder can be made at ${candidates.join(' or ')}`);
  return found;
}

function givenByShell(): readonly string[] {
  const { XDG_RUNTIME_DIR: given = '' } = process.env;
  return process.platform !== 'win32' && given.startsWith('/') ? [join(given, 'devgen')] : [];
}

function sameForAllShells(): readonly string[] {
  if (process.platform === 'win32') return [join(process.env.LOCALAPPDATA ?? tmpdir(), 'devgen', 'run')];
  const user = ownUserId();
  const session = process.platform === 'linux' ? [join('/run/user', String(user), 'devgen')] : [];
  return [...session, join('/tmp', `devgen-${user}`)];
}

/**
 * Anybody may have put something at a name under /tmp: a link or another user's folder is not taken.
 * Nor is a session folder of another user's, which `sudo -E` hands to root: that user would find ours in the way.
 */
function isPrivateDirectory(path: string): boolean {
  if (process.platform === 'win32') return mkdirSync(path, { recursive: true }) !== undefined || isOwnDirectory(path);
  if (dirname(path) !== '/tmp' && !isOwnDirectory(dirname(path))) return false;
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    expectCodes(thrown, ['EEXIST', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC']);
  }
  if (!isOwnDirectory(path)) return false;
  chmodSync(path, 0o700);
  return true;
}

function isOwnDirectory(path: string): boolean {
  try {
    const status = lstatSync(path, { throwIfNoEntry: false });
    return status?.isDirectory() === true && (process.platform === 'win32' || status.uid === ownUserId());
  } catch (thrown) {
    expectCodes(thrown, ['EACCES', 'EPERM', 'ENOTDIR']);
    return false;
  }
}
