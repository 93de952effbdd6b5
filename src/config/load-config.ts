import * as z from 'zod/mini';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { byPlace } from './by-place.ts';
import { checkStructure } from './check-structure.ts';
import { configSchema, type WrittenConfig } from './config.ts';
import { defaultName } from './default-name.ts';
import { explainIssues } from './explain-issue.ts';
import { type ConfigFile, findConfig } from './find-config.ts';
import { formatPath } from './show-value.ts';
import type { ConfigPath, Locate, SourceDocument } from './source.ts';
import { readSourceDocument } from './source-document.ts';

/**
 * A config whose every value has the right form. Whether its names and references make sense is for `compilePlan` to
 * say.
 */
export interface LoadedConfig {
  readonly config: WrittenConfig;
  /** Relative to the root. */
  readonly file: string;
  /** Absolute. */
  readonly root: string;
  readonly locate: Locate;
  /**
   * What the project is called if the config does not say it, the same in every checkout; `undefined`: nothing says it.
   */
  readonly defaultName: string | undefined;
}

/**
 * Finds and reads the config nearest to `directory`; the diagnostics name all mistakes at once, in the order of the
 * file.
 */
export async function loadConfig(directory: string): Promise<Result<LoadedConfig, Diagnostic[]>> {
  const found = await findConfig(directory);
  return found.ok ? loadConfigFile(found.value) : found;
}

export async function loadConfigFile(file: ConfigFile): Promise<Result<LoadedConfig, Diagnostic[]>> {
  if (file.text.trim() === '') return err([emptyConfig(file.file)]);
  const source = await readSourceDocument(file);
  return source.ok ? checkConfig(file, source.value) : source;
}

function checkConfig({ file, root }: ConfigFile, source: SourceDocument): Result<LoadedConfig, Diagnostic[]> {
  const parsed = z.safeParse(configSchema, source.data);
  const unseen = keysOfNoObject(source.data).map((path) => notAName(path, source.locate));
  if (parsed.success && unseen.length === 0) {
    return ok({ config: parsed.data, file, root, locate: source.locate, defaultName: defaultName(root) });
  }
  const mistakes = parsed.success ? [] : explainIssues(parsed.error.issues, source);
  return err([...unseen, ...mistakes, ...checkStructure(source.data, source.locate)].sort(byPlace));
}

/** Where a key is `__proto__`, which the schema passes over because it cannot be told from an object's own. */
function keysOfNoObject(data: unknown, path: ConfigPath = []): readonly ConfigPath[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const here = [...path, key];
    return [...(key === '__proto__' ? [here] : []), ...keysOfNoObject(value, here)];
  });
}

function notAName(path: ConfigPath, locate: Locate): Diagnostic {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? 'at the top of the config' : `in \`${formatPath(parent)}\``;
  return {
    code: 'config/invalid-name',
    message: `\`__proto__\` ${where} cannot be a name`,
    hint: 'Choose another one.',
    place: locate(path, 'key'),
  };
}

function emptyConfig(file: string): Diagnostic {
  return {
    code: 'config/empty',
    message: `\`${file}\` is empty`,
    hint: 'Run `npx devgen init` to write a config, or delete the file.',
    place: { file },
  };
}
