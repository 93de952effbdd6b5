import { relativePath } from '../../repository/paths.ts';

/** How a file is imported from a directory: `app/main.py` → `app.main`. */
export function moduleName(directory: string, file: string): string {
  return relativePath(directory, file)
    .replace(/\.py$/, '')
    .replaceAll('/', '.')
    .replace(/\.__init__$/, '');
}
