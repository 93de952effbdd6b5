/** How the text of a config file is to be read. */
export type ConfigFormat = 'yaml' | 'json' | 'yaml-or-json' | 'package' | 'script' | 'typescript';

const FORMATS: Readonly<Record<string, ConfigFormat>> = {
  'devgen.config.yaml': 'yaml',
  'devgen.config.yml': 'yaml',
  'devgen.config.json': 'json',
  'devgen.config.js': 'script',
  'devgen.config.mjs': 'script',
  'devgen.config.cjs': 'script',
  'devgen.config.ts': 'typescript',
  '.devgenrc': 'yaml-or-json',
  '.devgenrc.yaml': 'yaml',
  '.devgenrc.yml': 'yaml',
  '.devgenrc.json': 'json',
  '.devgenrc.js': 'script',
  '.devgenrc.mjs': 'script',
  '.devgenrc.cjs': 'script',
  '.devgenrc.ts': 'typescript',
  '.project.config': 'yaml-or-json',
  'package.json': 'package',
};

/** The names a config file may have, in a directory. `package.json` is one only when it has the key `devgen`. */
export const SEARCH_PLACES: readonly string[] = Object.keys(FORMATS);

/** The format that a file name of `SEARCH_PLACES` stands for. */
export function formatOf(fileName: string): ConfigFormat {
  const format = FORMATS[fileName];
  if (format === undefined) throw new Error(`not a config file name: ${fileName}`);
  return format;
}
