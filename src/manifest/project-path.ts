import { FILE_KINDS, type FileKind } from './file-kind.ts';

export const MANIFEST_PATH = '.devgen/manifest.json';
export const BACKUPS_PATH = '.devgen/backups';
export const GUIDE_PATH = 'DEVELOPMENT.md';
export const AGENTS_PATH = 'AGENTS.md';
export const TASKS_PATH = '.vscode/tasks.json';

const WHOLE_FILES: ReadonlySet<string> = new Set(['dev', 'dev.cmd', 'scripts/aliases.sh']);
const START_SCRIPT = /^scripts\/start-[a-z][a-z0-9-]*\.sh$/;
const SHARED_FILES: ReadonlySet<string> = new Set([
  'GNUmakefile',
  'makefile',
  'Makefile',
  '.gitignore',
  '.gitattributes',
  '.prettierignore',
]);
const SHARED_DOCUMENTS: ReadonlySet<string> = new Set([GUIDE_PATH, AGENTS_PATH]);

/** Whether a path, as it stands in a manifest, names something plainly below the project root on every system. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.startsWith('/')) return false;
  for (const character of path) {
    if (character < ' ' || character === '\\' || character === ':') return false;
  }
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/**
 * Whether the generator could ever have written this: a manifest is committed, so somebody else may have put a
 * path into it to have it deleted.
 */
export function isOwnablePath(path: string, kind: FileKind): boolean {
  if (!isSafePath(path)) return false;
  switch (kind) {
    case 'file':
      return WHOLE_FILES.has(path) || START_SCRIPT.test(path) || isInOwnFolder(path);
    case 'block':
      return SHARED_FILES.has(path);
    case 'markdown-block':
      return SHARED_DOCUMENTS.has(path);
    case 'npm-scripts':
      return path === 'package.json';
    case 'vscode-tasks':
      return path === TASKS_PATH;
    case 'seed':
      return /^devgen\.config\.(ya?ml|json)$/.test(path);
  }
}

/** Whether the generator ever writes there at all, as a file of its own or as a part of one. */
export function isEverWritten(path: string): boolean {
  return FILE_KINDS.some((kind) => isOwnablePath(path, kind));
}

function isInOwnFolder(path: string): boolean {
  return path.startsWith('.devgen/') && path !== MANIFEST_PATH && !path.startsWith(`${BACKUPS_PATH}/`);
}
