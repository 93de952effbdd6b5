import { basename, dirname, resolve } from 'node:path';
import type { CosmiconfigResult, Loader } from 'cosmiconfig';
import * as cosmiconfigExplorer from 'cosmiconfig/dist/Explorer.js';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { searchDirectories } from './search-directories.ts';
import { type ConfigFormat, formatOf, SEARCH_PLACES } from './search-places.ts';
import { unreadableConfigs } from './unreadable-configs.ts';

/** A config file as it was found: read, not yet parsed. */
export interface ConfigFile {
  /** Absolute path of the directory that holds it: the project root. */
  readonly root: string;
  /** Its name in the root. */
  readonly file: string;
  readonly format: ConfigFormat;
  readonly text: string;
}

/**
 * Finds the config nearest to `directory`, up to the git root. Two in one directory are an error that names them all.
 */
export async function findConfig(directory: string): Promise<Result<ConfigFile, Diagnostic[]>> {
  for (const candidate of searchDirectories(directory)) {
    const found = await findConfigIn(candidate);
    if (!found.ok) return found;
    if (found.value !== undefined) return ok(found.value);
  }
  return err([notFound(directory)]);
}

/** Finds the config that lies in `root` itself; `undefined` when none does. */
export async function findConfigIn(root: string): Promise<Result<ConfigFile | undefined, Diagnostic[]>> {
  const unreadable = unreadableConfigs(root);
  if (unreadable.length > 0) return err(unreadable);
  const first = await searchIn(root, SEARCH_PLACES);
  if (first === undefined) return ok(undefined);
  const others = await everyOther(root, first);
  return others.length === 0 ? ok(first) : err([several([first, ...others])]);
}

export function notFound(directory: string): Diagnostic {
  return {
    code: 'config/not-found',
    message: `no devgen config in \`${resolve(directory)}\` or above it`,
    hint: 'Run `npx devgen init` to write `devgen.config.yaml`.',
  };
}

async function everyOther(root: string, first: ConfigFile): Promise<readonly ConfigFile[]> {
  const others: ConfigFile[] = [];
  let places = SEARCH_PLACES.filter((place) => place !== first.file);
  for (;;) {
    const other = await searchIn(root, places);
    if (other === undefined) return others;
    others.push(other);
    places = places.filter((place) => place !== other.file);
  }
}

function several(found: readonly ConfigFile[]): Diagnostic {
  const names = found.map(({ file, format }) =>
    format === 'package' ? `\`${file}\` (key \`devgen\`)` : `\`${file}\``,
  );
  return {
    code: 'config/several',
    message: `several configs in one directory: ${names.join(', ')}`,
    hint: 'Keep one of them and delete the others.',
    place: { file: found[0]?.file ?? '' },
  };
}

/**
 * The search of cosmiconfig without its front door: `cosmiconfig()` reads, and executes, `.config/config.js` and its
 * like in the current directory as settings of its own before it looks for anything.
 */
const { Explorer } = cosmiconfigExplorer as unknown as {
  readonly Explorer: new (options: ExplorerOptions) => { search(from: string): Promise<CosmiconfigResult> };
};

interface ExplorerOptions {
  readonly moduleName: string;
  readonly searchPlaces: readonly string[];
  readonly searchStrategy: 'none';
  readonly ignoreEmptySearchPlaces: boolean;
  readonly cache: boolean;
  readonly loaders: Readonly<Record<string, Loader>>;
  readonly transform: (result: CosmiconfigResult) => CosmiconfigResult;
}

async function searchIn(directory: string, places: readonly string[]): Promise<ConfigFile | undefined> {
  const explorer = new Explorer({
    moduleName: 'devgen',
    searchPlaces: places,
    searchStrategy: 'none',
    ignoreEmptySearchPlaces: false,
    cache: false,
    loaders: { default: keepText },
    transform: (result) => result,
  });
  const result = await explorer.search(directory);
  if (result === null) return undefined;
  const file = basename(result.filepath);
  if (file === 'package.json' && result.isEmpty === true) return undefined;
  const text = result.isEmpty === true ? '' : String(result.config.text);
  return { root: dirname(result.filepath), file, format: formatOf(file), text };
}

/**
 * Parsing comes later, with positions. A `package.json` without the key is no config; its text stands under the key.
 */
const keepText: Loader = (path, text) => {
  if (basename(path) !== 'package.json') return { text };
  return hasDevgenKey(text) ? { devgen: { text } } : {};
};

function hasDevgenKey(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof parsed === 'object' && parsed !== null && 'devgen' in parsed;
  } catch (error) {
    // A broken file that is not ours: npm will complain about it.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
