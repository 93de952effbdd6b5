import { fstatSync } from 'node:fs';
import { expectCodes } from '../../platform/error-code.ts';

export type StreamKind = 'terminal' | 'other';

/** Major number of /dev/null and its like on Linux. Source: Documentation/admin-guide/devices.txt, 1 char. */
const MEMORY_DEVICES = 1;

/** What a descriptor leads to. Loads `node:tty`, which costs milliseconds, only for what may be a terminal. */
export function kindOfStream(fd: number): StreamKind {
  return mayBeTerminal(fd) && process.getBuiltinModule('node:tty').isatty(fd) ? 'terminal' : 'other';
}

function mayBeTerminal(fd: number): boolean {
  if (process.platform === 'win32') return true;
  try {
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() && (process.platform !== 'linux' || stat.rdev >> 8 !== MEMORY_DEVICES);
  } catch (thrown) {
    expectCodes(thrown, ['EBADF']); // The descriptor is closed.
    return false;
  }
}
