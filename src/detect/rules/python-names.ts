import { flagValue } from '../commands/flags.ts';
import { relativePath } from '../repository/paths.ts';

/** How a file is imported from a directory: `app/main.py` → `app.main`. */
export function moduleName(directory: string, file: string): string {
  return relativePath(directory, file)
    .replace(/\.py$/, '')
    .replaceAll('/', '.')
    .replace(/\.__init__$/, '');
}

/** The port that a documented command names, if any. */
export function namedPort(words: readonly string[]): string | undefined {
  return flagValue(words, ['--port', '-p', '--bind', '-b']);
}
