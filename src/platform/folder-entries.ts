import { type Dirent, readdirSync } from 'node:fs';
import { errorCode } from './error-code.ts';

/** What lies in a folder; nothing where the system shows none, whatever it calls that: in /proc it is any code. */
export function folderEntries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return [];
  }
}
