import type { ServicePlan } from '../../plan/plan.ts';
import { docsOf } from './docs-of.ts';

/** Where frameworks put the documentation of an API by themselves: FastAPI, springdoc, Swagger's own middleware. */
const USUAL = ['/docs', '/swagger-ui/index.html', '/swagger/index.html', '/api-docs', '/api/docs'];
const PATIENCE_MS = 3000;

/**
 * Where a running service has its documentation: as the config says, or the first of the usual places that answers with
 * a page; `undefined`: none does.
 */
export async function findDocs({ docs }: Pick<ServicePlan, 'docs'>, url: string): Promise<string | undefined> {
  if (docs !== null) return docsOf(docs, url);
  for (const path of USUAL) {
    const page = docsOf(path, url);
    if (await isPage(page)) return page;
  }
  return undefined;
}

async function isPage(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'follow' });
    await response.body?.cancel();
    // A page for every path is no documentation: single-page applications answer anything.
    return response.ok && response.headers.get('content-type')?.includes('html') === true && !(await answersAll(url));
  } catch {
    return false; // Not there, or too slow to be looked at.
  }
}

async function answersAll(url: string): Promise<boolean> {
  const response = await fetch(`${url}-${Math.random().toString(36).slice(2)}`, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await response.body?.cancel();
  return response.ok;
}
