import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readRegularText } from '../../../platform/regular-file.ts';

const SOURCE = /\.(?:[cm]?[jt]sx?|py|rb|go|php|java|kt|rs|ya?ml|json|toml|properties|env)$/;
const SKIPPED = /^(?:\..*|node_modules|vendor|venv|dist|build|target|logs|__pycache__|package-lock\.json)$/;
/** It is a help for a reader, and not worth a long search. */
const MOST_FILES = 300;
const DEEPEST = 3;

/** Where a number stands in the sources of a folder, as `FILE:LINE` relative to the root; `null`: it was not found. */
export function findNumber(number: number, { folder, root }: { readonly folder: string; readonly root: string }) {
  const pattern = new RegExp(`(?<![\\w.])${number}(?![\\w.])`);
  for (const file of sourcesBelow(folder).slice(0, MOST_FILES)) {
    const index = linesOf(file).findIndex((line) => pattern.test(line));
    if (index >= 0) return `${relative(root, file)}:${index + 1}`;
  }
  return null;
}

/** The files of a folder before those of the folders in it. */
function sourcesBelow(folder: string, depth = 0): readonly string[] {
  const entries = entriesOf(folder).filter(({ name }) => !SKIPPED.test(name));
  const files = entries.filter((entry) => entry.isFile() && SOURCE.test(entry.name));
  const folders = depth === DEEPEST ? [] : entries.filter((entry) => entry.isDirectory());
  return [
    ...files.map(({ name }) => join(folder, name)),
    ...folders.flatMap(({ name }) => sourcesBelow(join(folder, name), depth + 1)),
  ];
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // What cannot be read is not searched.
  }
}

function linesOf(file: string): readonly string[] {
  try {
    return readRegularText(file).split('\n');
  } catch {
    return []; // The same.
  }
}
