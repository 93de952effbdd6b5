import { existsSync, statSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { readEnvFile } from '../../config/read-env-file.ts';
import type { ContainerPlan } from '../../plan/plan.ts';
import { errorCode } from '../../platform/error-code.ts';
import { readTextIfThere } from '../../platform/regular-file.ts';
import { upwards } from '../../platform/upwards.ts';
import type { Failure } from '../state/lifecycle.ts';

export type UnreadableFile = Extract<Failure, { reason: 'compose-file-unreadable' }>;

/** What compose looks for when no file is named. Source: compose-spec, "Compose file" */
const NAMES = ['compose', 'docker-compose'].flatMap((name) => [`${name}.yaml`, `${name}.yml`]);
const OVERRIDES = NAMES.map((name) => name.replace('.', '.override.'));
/** A key whose value, or the more indented lines below it, name files; any other word there is no file. */
const NAMING = /^([ \t-]*)["']?(env_file|include)["']?[ \t]*:(.*(?:\n(?:\1[ \t]+|[ \t]*-).*)*)/gm;

/**
 * The first file that would keep compose waiting for ever, which is therefore not asked: a compose file that is a pipe
 * or a device, or an env file that is one and into which nothing is written. `null`: none.
 */
export function findUnreadableFile({ files }: Pick<ContainerPlan, 'files'>, cwd: string): UnreadableFile | null {
  const open = files.length > 0 ? files.map((file) => resolve(cwd, file)) : defaultFiles(cwd);
  const envFiles = open.slice(0, 1).map((file) => join(dirname(file), '.env'));
  const known = new Set(open);
  // What a file includes is added while this goes on.
  for (const file of known) {
    if (isSpecial(file)) return unreadable(file, 'no-file');
    for (const { key, path } of namedIn(readTextIfThere(file) ?? '', dirname(file))) {
      if (key === 'env_file') envFiles.push(path);
      else known.add(path);
    }
  }
  for (const path of envFiles.filter(isSpecial)) {
    const reading = readEnvFile(path);
    if (reading.kind !== 'unreadable') continue;
    return unreadable(path, reading.code === 'ETIMEDOUT' ? 'nothing-written' : 'no-file');
  }
  return null;
}

function unreadable(path: string, because: UnreadableFile['because']): UnreadableFile {
  return { reason: 'compose-file-unreadable', path, because };
}

/** Compose goes up to the first folder that has one. */
function defaultFiles(cwd: string): readonly string[] {
  const folder = upwards(cwd, parse(cwd).root).find((each) => NAMES.some((name) => existsSync(join(each, name))));
  if (folder === undefined) return [];
  return [...NAMES, ...OVERRIDES].map((name) => join(folder, name)).filter(existsSync);
}

function namedIn(text: string, folder: string): readonly { readonly key: string; readonly path: string }[] {
  return [...text.matchAll(NAMING)].flatMap(([, , key = '', value = '']) => {
    const words = value.split(/[\s,[\]{}"']+/).filter((word) => word !== '' && !word.endsWith(':'));
    return words.map((word) => ({ key, path: resolve(folder, word) })).filter(({ path }) => existsSync(path));
  });
}

/** Neither a file nor a folder, as far as can be told. */
function isSpecial(path: string): boolean {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats !== undefined && !stats.isFile() && !stats.isDirectory();
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return false; // What may not be looked at compose tells itself.
  }
}
