import { fstatSync } from 'node:fs';
import { expectCodes } from '../../platform/error-code.ts';

export type StreamKind = 'terminal' | 'other';

/** Major number of /dev/null and its like on Linux. Source: Documentation/admin-guide/devices.txt, 1 char. */
const MEMORY_DEVICES = 1n;

/** What a descriptor leads to. Loads `node:tty`, which costs milliseconds, only for what may be a terminal. */
export function kindOfStream(fd: number): StreamKind {
  return mayBeTerminal(fd) && process.getBuiltinModule('node:tty').isatty(fd) ? 'terminal' : 'other';
}

function mayBeTerminal(fd: number): boolean {
  if (process.platform === 'win32') return true;
  try {
    // As big integers, because Node 20 resolves no symbolic link of a package when the last plain stat was that of a
    // pipe.
    const stat = fstatSync(fd, { bigint: true });
    return stat.isCharacterDevice() && (process.platform !== 'linux' || stat.rdev >> 8n !== MEMORY_DEVICES);
  } catch (thrown) {
    expectCodes(thrown, ['EBADF']); // The descriptor is closed.
    return false;
  }
}
