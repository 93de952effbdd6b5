import { randomBytes } from 'node:crypto';
import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectCodes } from './error-code.ts';
import { readRegularText } from './regular-file.ts';
import { commonRuntimeDirectory } from './runtime-directory.ts';

/**
 * A random text that all programs of this user know, whatever their shells say, and other users do not; made when it is
 * missing. A name without a file has no permissions: other users could take one that they can guess.
 */
export function lockSecret(): string {
  const path = join(commonRuntimeDirectory(), 'lock-secret');
  for (;;) {
    const secret = read(path);
    if (secret !== undefined) return secret;
    make(path);
  }
}

function read(path: string): string | undefined {
  try {
    return readRegularText(path);
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT']);
    return undefined;
  }
}

/** Links a file that is already whole: of several that make it at once one wins, and the others read its text. */
function make(path: string): void {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, randomBytes(16).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(temporary, path);
  } catch (thrown) {
    expectCodes(thrown, ['EEXIST']);
  } finally {
    rmSync(temporary, { force: true });
  }
}
