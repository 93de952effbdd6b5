import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { ConfigFile } from '../../config/find-config.ts';
import { backUp } from '../../generate/engine/back-up.ts';
import { pruneBackups } from '../../generate/engine/prune-backups.ts';
import { BACKUPS_PATH } from '../../manifest/project-path.ts';
import { errorCode } from '../../platform/error-code.ts';
import { readRegularFile } from '../../platform/regular-file.ts';
import { writeFileAtomic } from '../../platform/write-file-atomic.ts';

const PERMISSIONS = 0o777;
/** Every change makes one. */
const KEPT_COPIES = 20;

/** Puts a text in the place of a config, of which a copy is kept; what keeps it from that, or `undefined`. */
export function writeConfig(file: ConfigFile, text: string): Diagnostic | undefined {
  return backUpConfig(file) ?? replaceConfig(file, text);
}

/** `devgen restore` puts it back. What keeps the copy from being made; `undefined`: nothing did. */
function backUpConfig({ root, file }: ConfigFile): Diagnostic | undefined {
  try {
    backUp(root, [{ path: file, content: readRegularFile(join(root, file)) }], new Date());
    pruneBackups(root, file, KEPT_COPIES);
    return undefined;
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    const message = `\`${file}\` is left as it is: no copy of it can be kept in \`${BACKUPS_PATH}\` (${code})`;
    return {
      code: 'config/no-backup',
      message,
      hint: 'That folder must belong to you and be writable.',
      place: { file },
    };
  }
}

/** What keeps the file from being written; `undefined`: nothing did. */
function replaceConfig({ root, file }: ConfigFile, text: string): Diagnostic | undefined {
  const path = join(root, file);
  try {
    writeFileAtomic(path, text, { mode: statSync(path).mode & PERMISSIONS, durable: true });
    return undefined;
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    const hint = 'It and its folder must belong to you and be writable.';
    return { code: 'config/unwritable', message: `cannot write \`${file}\` (${code})`, hint, place: { file } };
  }
}
