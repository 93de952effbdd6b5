import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseJson } from '../base/parse-shape.ts';
import { boolean, listOf, nullable, object, oneOf, type ShapeOf, text } from '../base/shape.ts';
import { namesInEnvText } from '../config/merge-env-texts.ts';
import { SEARCH_PLACES } from '../config/search-places.ts';
import { errorCode } from '../platform/error-code.ts';
import { readRegularText } from '../platform/regular-file.ts';
import { amountVariableShape, areUnchanged } from './amount-variables.ts';
import { BUILD_ID } from './build-id.ts';
import { planWithEnvFileValues } from './env-file-values.ts';
import { type Plan, planShape } from './plan.ts';

/** `logs/.devgen/plan.json`: the compiled plan with all that it was made of, but for what env files hold. */
const planCacheShape = object({
  schemaVersion: oneOf(1),
  build: text,
  /** Absolute; a copied or moved checkout compiles anew. */
  root: text,
  /** False: it is only the last plan. A script that reads more than its own text gives another one the next time. */
  isRepeatable: boolean,
  /** The config file names that lie in the root. */
  places: listOf(text),
  sources: listOf(
    object({
      /** Relative to the root, or absolute. */
      path: text,
      /** `null`: it did not exist. */
      text: nullable(text),
    }),
  ),
  envFiles: listOf(
    object({
      /** As in `sources`. */
      path: text,
      /** Of the variables that it sets, in its order; `null`: it did not exist. */
      names: nullable(listOf(text)),
    }),
  ),
  amountVariables: listOf(amountVariableShape),
  plan: planShape,
});

export interface PlanCache extends ShapeOf<typeof planCacheShape> {}
/** What a plan was compiled from. */
export type PlanSources = Pick<PlanCache, 'sources' | 'envFiles' | 'amountVariables' | 'isRepeatable'>;

export const PLAN_CACHE_FILE = join('logs', '.devgen', 'plan.json');

/**
 * The compiled plan of a root, if everything it was made of is unchanged; `undefined` in every other case, a damaged
 * cache included. The texts themselves are compared, because times and sizes can stay the same through a change; of an
 * env file the names, because no more of it counts at the compilation: what it holds is read here each time. Of the
 * variables behind durations and numbers the values count, too. Synchronous and cheap: it stands on the way of every
 * command.
 */
export function readCachedPlan(root: string): Plan | undefined {
  const cache = readOwnCache(root);
  if (cache?.isRepeatable !== true || configPlaces(root).join() !== cache.places.join()) return undefined;
  if (cache.sources.some((source) => relevantText(root, source.path) !== source.text)) return undefined;
  const texts = readEnvTexts(root, cache);
  const isSame = cache.envFiles.every(({ path, names }) => {
    const text = texts.get(path);
    return text !== undefined && namesInEnvText(text)?.join() === names?.join();
  });
  const plan = isSame ? filled(cache.plan, texts) : undefined;
  return plan && areUnchanged(cache.amountVariables, plan, process.env) ? plan : undefined;
}

/**
 * The plan as it was when the config could be read the last time, for what must work though it cannot be read now.
 * `undefined`: there was none, or another build or place made it.
 */
export function readLastPlan(root: string): Plan | undefined {
  const cache = readOwnCache(root);
  return cache && filled(cache.plan, readEnvTexts(root, cache));
}

/** As `readText` gives them, by path. */
type EnvTexts = ReadonlyMap<string, string | null | undefined>;

function readEnvTexts(root: string, { envFiles }: PlanCache): EnvTexts {
  return new Map(envFiles.map(({ path }) => [path, readText(resolve(root, path))]));
}

function filled(plan: Plan, texts: EnvTexts): Plan {
  return planWithEnvFileValues(plan, (path) => texts.get(path) ?? null);
}

/** `undefined` also when the cache is damaged, or another build or place made it. */
function readOwnCache(root: string): PlanCache | undefined {
  const json = readText(join(root, PLAN_CACHE_FILE));
  const cache = typeof json === 'string' ? parseJson(json, planCacheShape) : undefined;
  return cache?.build === BUILD_ID && cache.root === root ? cache : undefined;
}

/** The config file names that lie in a directory, sorted. */
export function configPlaces(root: string): readonly string[] {
  try {
    return readdirSync(root)
      .filter((name) => SEARCH_PLACES.includes(name))
      .sort();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}

/**
 * The part of a source's text on which the plan depends; `null` when there is no such file, `undefined` when there is
 * one that cannot be compared (a pipe, or one that may not be read). Of a `package.json` without the word `"devgen"`
 * that is nothing, so that the plan survives its daily changes.
 */
export function relevantText(root: string, path: string): string | null | undefined {
  const content = readText(resolve(root, path));
  return path === 'package.json' && typeof content === 'string' && !content.includes('"devgen"') ? '' : content;
}

function readText(path: string): string | null | undefined {
  try {
    return readRegularText(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    // A directory is no env file.
    return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code) ? null : undefined;
  }
}
