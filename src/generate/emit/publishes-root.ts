import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ELEVENTY = ['.eleventy.js', 'eleventy.config.js', 'eleventy.config.mjs', 'eleventy.config.cjs'];

/**
 * Whether Jekyll or Eleventy makes a page of each Markdown file in the root: their input, unless the settings name a
 * folder. Sources: Jekyll's configuration option `source`, Eleventy's `dir.input`.
 */
export function publishesRoot(root: string): boolean {
  const jekyll = textOf(root, '_config.yml');
  if (jekyll !== undefined && isJekyll(root)) return !/^source\s*:\s*(?!["']?\.?["']?\s*$)/m.test(jekyll);
  const eleventy = ELEVENTY.map((name) => textOf(root, name)).find((text) => text !== undefined);
  return eleventy !== undefined && !/\binput\s*:\s*["'`](?!\.?\/?["'`])|setInputDirectory\(/.test(eleventy);
}

/** Other tools have a file of that name too. */
function isJekyll(root: string): boolean {
  const gems = textOf(root, 'Gemfile') ?? '';
  return /\bgem\b.*["'](?:jekyll|github-pages)["']/.test(gems) || existsSync(join(root, '_posts'));
}

function textOf(root: string, name: string): string | undefined {
  const file = join(root, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
