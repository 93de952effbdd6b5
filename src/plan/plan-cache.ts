import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SEARCH_PLACES } from '../config/search-places.ts';
import { errorCode } from '../platform/error-code.ts';
import { BUILD_ID } from './build-id.ts';
import type { Plan } from './plan.ts';

/**
 * `logs/.devgen/plan.json`: the compiled plan with all that it was made of. Holds what env files hold: for its user's
 * eyes only.
 */
export interface PlanCache {
  readonly schemaVersion: 1;
  readonly build: string;
  /** Absolute; a copied or moved checkout compiles anew. */
  readonly root: string;
  /** The config file names that lie in the root. */
  readonly places: readonly string[];
  readonly sources: readonly CachedSource[];
  readonly plan: Plan;
}

export interface CachedSource {
  /** Relative to the root, or absolute. */
  readonly path: string;
  /** `null`: it did not exist. */
  readonly text: string | null;
}

export const PLAN_CACHE_FILE = join('logs', '.devgen', 'plan.json');

/**
 * The compiled plan of a root, if everything it was made of is unchanged; `undefined` in every other case, a damaged
 * cache included. The texts themselves are compared, because times and sizes can stay the same through a change.
 * Synchronous and cheap: it stands on the way of every command.
 */
export function readCachedPlan(root: string): Plan | undefined {
  const cache = parseCache(readText(join(root, PLAN_CACHE_FILE)));
  if (cache === undefined || cache.build !== BUILD_ID || cache.root !== root) return undefined;
  if (configPlaces(root).join() !== cache.places.join()) return undefined;
  return cache.sources.every((source) => relevantText(root, source.path) === source.text) ? cache.plan : undefined;
}

/**
 * The plan as it was when the config could be read the last time, for what must work though it cannot be read now.
 * `undefined`: there was none, or another build or place made it.
 */
export function readLastPlan(root: string): Plan | undefined {
  const cache = parseCache(readText(join(root, PLAN_CACHE_FILE)));
  return cache === undefined || cache.build !== BUILD_ID || cache.root !== root ? undefined : cache.plan;
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
  const text = readText(resolve(root, path));
  return path === 'package.json' && typeof text === 'string' && !text.includes('"devgen"') ? '' : text;
}

function readText(path: string): string | null | undefined {
  try {
    const stats = statSync(path);
    // Reading a pipe would wait for its writer. A directory is no env file.
    if (!stats.isFile()) return stats.isDirectory() ? null : undefined;
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : undefined;
  }
}

/** Only what is needed to trust the rest: the file is written in one piece by this program alone. */
function parseCache(text: string | null | undefined): PlanCache | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const cache = JSON.parse(text) as Partial<PlanCache> | null;
    return isWhole(cache) ? cache : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isWhole(cache: Partial<PlanCache> | null): cache is PlanCache {
  if (cache?.schemaVersion !== 1 || !isList(cache.places) || !isList(cache.sources)) return false;
  return isList(cache.plan?.services) && isList(cache.plan?.tasks);
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => item !== null && item !== undefined);
}
