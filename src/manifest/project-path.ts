import { EMITTED_NAMES, type EmittedFile, emittedFiles } from './emitted-files.ts';
import type { FileKind } from './file-kind.ts';
import { LAUNCHER_PATTERN } from './launcher.ts';

export const MANIFEST_PATH = '.devgen/manifest.json';
export const BACKUPS_PATH = '.devgen/backups';

const OWN_FOLDER = '.devgen/';
const EXPORTED =
  /^deploy\/((systemd\/(user|system)|launchd|compose|kubernetes)\/[a-z][a-z0-9@.-]*|Procfile|process-compose\.yaml)$/;
const RULES: readonly EmittedFile[] = EMITTED_NAMES.flatMap(emittedFiles);

/** Whether a path, as it stands in a manifest, names something plainly below the project root on every system. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.startsWith('/')) return false;
  for (const character of path) {
    if (character < ' ' || character === '\\' || character === ':') return false;
  }
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/**
 * Whether the generator could ever have written this: a manifest is committed, so a path may have been put into it by
 * hand, to have that file deleted. The whole folder of ours counts, because another version may have other files in it.
 */
export function isOwnablePath(path: string, kind: FileKind): boolean {
  if (!isSafePath(path)) return false;
  if (kind === 'file' && (isInOwnFolder(path) || isExportPath(path))) return true;
  return RULES.some((rule) => rule.kind === kind && mayLieAt(rule, path));
}

/** Whether `devgen export` writes there: `generate` leaves these alone. */
export function isExportPath(path: string): boolean {
  return EXPORTED.test(path);
}

/** Whether the generator ever writes there at all, as a file of its own or as a part of one. */
export function isEverWritten(path: string): boolean {
  return isSafePath(path) && (isInOwnFolder(path) || isExportPath(path) || ruleFor(path) !== undefined);
}

/** What is known about the file that is generated at this path. */
export function ruleFor(path: string): EmittedFile | undefined {
  return RULES.find((rule) => mayLieAt(rule, path));
}

function mayLieAt({ paths }: EmittedFile, path: string): boolean {
  return paths.some((rule) => {
    if (rule.endsWith('/')) return path.startsWith(rule);
    const [, before = '', placeholder, after = ''] = /^(.*)(NAME|LAUNCHER)(.*)$/.exec(rule) ?? [];
    if (placeholder === undefined) return path === rule;
    const name = path.slice(before.length, path.length - after.length);
    const pattern = placeholder === 'NAME' ? /^[a-z][a-z0-9-]*$/ : LAUNCHER_PATTERN;
    return path === before + name + after && pattern.test(name);
  });
}

function isInOwnFolder(path: string): boolean {
  return path.startsWith(OWN_FOLDER) && path !== MANIFEST_PATH && !path.startsWith(`${BACKUPS_PATH}/`);
}
