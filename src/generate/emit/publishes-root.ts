const ELEVENTY = ['.eleventy.js', 'eleventy.config.js', 'eleventy.config.mjs', 'eleventy.config.cjs'];

/** The root of a repository: the text of a file there, `null` without it, and whether it has a folder of Jekyll's. */
export interface RootFiles {
  readonly textOf: (name: string) => string | null;
  readonly hasPosts: boolean;
}

/**
 * Whether Jekyll or Eleventy makes a page of each Markdown file in the root: it is their input, unless the settings
 * name a folder. Sources: Jekyll's configuration option `source`, Eleventy's `dir.input`.
 */
export function publishesRoot({ textOf, hasPosts }: RootFiles): boolean {
  const jekyll = textOf('_config.yml');
  // Other tools have a file of that name too.
  const isJekyll = hasPosts || /\bgem\b.*["'](?:jekyll|github-pages)["']/.test(textOf('Gemfile') ?? '');
  if (jekyll !== null && isJekyll) return !/^source\s*:\s*(?!["']?\.?["']?\s*$)/m.test(jekyll);
  const eleventy = ELEVENTY.map(textOf).find((text) => text !== null);
  return eleventy !== undefined && !/\binput\s*:\s*["'`](?!\.?\/?["'`])|setInputDirectory\(/.test(eleventy ?? '');
}
