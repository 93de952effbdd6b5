/** One open file of a process, as `lsof -F pfan` tells it. */
export interface OpenFile {
  readonly path: string;
  /** `r`, `w`, `u` (both), or empty when lsof does not know. */
  readonly access: string;
}

/**
 * Open files by pid and descriptor from `lsof -F pfan`: one field a line, its first letter naming it.
 * Source: lsof(8), "Output for other programs".
 */
export function parseDescriptors(text: string): ReadonlyMap<number, ReadonlyMap<number, OpenFile>> {
  const found = new Map<number, Map<number, OpenFile>>();
  let files = new Map<number, OpenFile>();
  let descriptor = -1;
  let access = '';
  for (const line of text.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p')) {
      files = new Map();
      found.set(Number(value), files);
    } else if (line.startsWith('f')) {
      descriptor = Number.parseInt(value, 10);
      access = '';
    } else if (line.startsWith('a')) {
      access = value.trim();
    } else if (line.startsWith('n')) {
      files.set(descriptor, { path: value, access });
    }
  }
  return found;
}
