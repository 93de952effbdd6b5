import { join } from 'node:path';
import { readRegularText } from '../../platform/regular-file.ts';
import type { Content } from './respond.ts';

const TYPES: Readonly<Record<string, string>> = {
  'page.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'preact.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** The files of the page, each by its name; nothing else of the disk is ever sent. Throws when one is missing. */
export function readPageFiles(runtimeDirectory: string): ReadonlyMap<string, Content> {
  const folder = join(runtimeDirectory, 'ui');
  return new Map(
    Object.entries(TYPES).map(([name, type]) => [name, { type, text: readRegularText(join(folder, name)) }]),
  );
}
