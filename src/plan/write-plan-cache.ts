import { dirname, join, sep } from 'node:path';
import { expectCodes } from '../platform/error-code.ts';
import { linkOutside } from '../platform/link-outside.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { writeFileAtomic } from '../platform/write-file-atomic.ts';
import { BUILD_ID } from './build-id.ts';
import { planWithoutEnvFileValues } from './env-file-values.ts';
import type { Plan } from './plan.ts';
import { configPlaces, PLAN_CACHE_FILE, type PlanCache, type PlanSources, relevantText } from './plan-cache.ts';

/** Keeps a plan with what it was compiled from. Where nothing can be written, nothing is kept. */
export function writePlanCache(root: string, plan: Plan, { sources, ...from }: PlanSources): void {
  const watched = sources.some(({ path }) => path === 'package.json')
    ? sources
    : [...sources, { path: 'package.json', text: relevantText(root, 'package.json') ?? null }];
  const cache: PlanCache = {
    schemaVersion: 1,
    build: BUILD_ID,
    root,
    places: configPlaces(root),
    sources: watched,
    ...from,
    plan: planWithoutEnvFileValues(plan),
  };
  if (linkOutside(root, dirname(PLAN_CACHE_FILE).split(sep).join('/')) !== undefined) return;
  const path = join(root, PLAN_CACHE_FILE);
  try {
    makeFolder(dirname(path), 0o700);
    writeFileAtomic(path, `${JSON.stringify(cache)}\n`, { link: 'replaced' });
  } catch (error) {
    // Slower the next time, nothing else: a read-only checkout, a full disk, a file called `logs`.
    expectCodes(error, [
      'EACCES',
      'EPERM',
      'EROFS',
      'ENOSPC',
      'EDQUOT',
      'ENOTDIR',
      'EEXIST',
      'ENOENT',
      'ELOOP',
      'EISDIR',
    ]);
  }
}
