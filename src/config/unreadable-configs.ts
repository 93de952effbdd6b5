import { closeSync, constants, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { errorCode } from '../platform/error-code.ts';
import { SEARCH_PLACES } from './search-places.ts';

/**
 * Says which config files of a directory cannot be read. cosmiconfig passes over them in silence, which would look as
 * if there were no config, or as if another one were the nearest.
 */
export function unreadableConfigs(directory: string): Diagnostic[] {
  return listing(directory)
    .filter((name) => SEARCH_PLACES.includes(name) && name !== 'package.json')
    .flatMap((name) => {
      const code = readingFails(join(directory, name));
      return code === undefined ? [] : [unreadable(name, code)];
    });
}

function listing(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // A directory that may be entered but not listed, or that is gone: the search itself decides what it finds there.
    return [];
  }
}

function readingFails(path: string): string | undefined {
  try {
    // Opened, because access(2) asks on behalf of another user where the two user ids of a process differ.
    closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    return undefined;
  } catch (error) {
    return errorCode(error) ?? String(error);
  }
}

function unreadable(name: string, code: string): Diagnostic {
  const why = code === 'ENOENT' ? 'it is a link to a file that does not exist' : code;
  const hint = code === 'EACCES' ? `Let your user read it: \`chmod u+r ${name}\`.` : 'Mend or delete it.';
  return { code: 'config/unreadable', message: `cannot read \`${name}\`: ${why}`, hint, place: { file: name } };
}
