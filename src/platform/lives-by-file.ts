import { existsSync } from 'node:fs';
import { isHeldExclusively } from './exclusive-file.windows.ts';
import { pidExists } from './pid-exists.ts';

/**
 * Whether a process lives, by a file that it holds until its end; `undefined`: only the process table tells. That is so
 * everywhere but on Windows, where a look at the table takes half a second.
 */
export function livesByFile(pid: number, fileOf: () => string): boolean | undefined {
  if (process.platform !== 'win32') return undefined;
  const file = fileOf();
  return existsSync(file) ? pidExists(pid) && isHeldExclusively(file) : undefined;
}
