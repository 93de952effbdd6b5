import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { errorCode } from '../platform/error-code.ts';
import { LARGEST_DOCUMENT_BYTES, readRegularFile } from '../platform/regular-file.ts';
import { SEARCH_PLACES } from './search-places.ts';

/**
 * Says which config files of a directory cannot be read. cosmiconfig passes over them in silence, which would look as
 * if there were no config, or as if another one were the nearest; and it would wait for ever at a pipe.
 */
export function unreadableConfigs(directory: string): Diagnostic[] {
  return listing(directory)
    .filter((name) => SEARCH_PLACES.includes(name))
    .flatMap((name) => {
      const code = readingFails(join(directory, name));
      // What npm makes of its file is not ours to judge, as long as it does not hang us.
      const isOurs = name !== 'package.json' || code === 'EFTYPE' || code === 'EFBIG';
      return code === undefined || !isOurs ? [] : [unreadable(name, code)];
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

/** A folder is none of our files, and the search passes over it. */
function readingFails(path: string): string | undefined {
  try {
    readRegularFile(path);
    return undefined;
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    return code === 'EISDIR' ? undefined : code;
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'it is a link to a file that does not exist',
  EFTYPE: 'it is a pipe, a device or a socket',
  EFBIG: `it is larger than ${LARGEST_DOCUMENT_BYTES / 1024 / 1024} MB`,
};

function unreadable(name: string, code: string): Diagnostic {
  const hint = code === 'EACCES' ? `Let your user read it: \`chmod u+r ${name}\`.` : 'Mend or delete it.';
  return {
    code: 'config/unreadable',
    message: `cannot read \`${name}\`: ${WHY[code] ?? code}`,
    hint,
    place: { file: name },
  };
}
