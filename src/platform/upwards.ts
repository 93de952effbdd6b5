import { dirname, sep } from 'node:path';

/** The folder itself and those above it, up to `root`; the folder alone where it is not below `root`; absolute. */
export function upwards(folder: string, root: string): readonly string[] {
  const folders = [folder];
  const below = root.endsWith(sep) ? root : `${root}${sep}`;
  for (let above = folder; above !== root && above.startsWith(below); ) {
    above = dirname(above);
    folders.push(above);
  }
  return folders;
}
