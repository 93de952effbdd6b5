import { resolve } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, type Result } from '../base/result.ts';
import type { Plan } from './plan.ts';
import { readCachedPlan } from './plan-cache.ts';

export interface LoadPlanOptions {
  /** Told what is doubtful about the config, each time it is compiled anew. */
  readonly onWarnings?: (warnings: readonly Diagnostic[]) => void;
}

/**
 * The plan of the config that lies in `root`: from the cache, or compiled anew when anything it depends on changed. The
 * compiler and its libraries are loaded only then. The diagnostics name all mistakes at once.
 */
export async function loadPlan(root: string, options: LoadPlanOptions = {}): Promise<Result<Plan, Diagnostic[]>> {
  const absolute = resolve(root);
  const cached = readCachedPlan(absolute);
  return cached === undefined ? compile(absolute, options) : { ok: true, value: cached };
}

async function compile(root: string, { onWarnings }: LoadPlanOptions): Promise<Result<Plan, Diagnostic[]>> {
  const { readConfiguration } = await import('../config/compile.ts');
  const { compilePlan } = await import('./compile-plan.ts');
  const { writePlanCache } = await import('./write-plan-cache.ts');
  const configuration = await readConfiguration(root);
  if (!configuration.ok) return configuration;
  const { loaded, envFiles, sources, repeatable, problems, warnings } = configuration.value;
  const plan = compilePlan(loaded, envFiles);
  if (problems.length > 0 || !plan.ok) return err([...problems, ...(plan.ok ? [] : plan.error)]);
  onWarnings?.(warnings);
  if (repeatable) writePlanCache(root, plan.value, sources);
  return plan;
}
