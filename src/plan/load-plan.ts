import { resolve } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { amountVariables } from './amount-variables.ts';
import type { Plan } from './plan.ts';
import { type PlanSources, readCachedPlan } from './plan-cache.ts';

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

/** A plan fresh from its config. */
export interface CompiledPlan {
  readonly plan: Plan;
  /** What is doubtful about the config. */
  readonly warnings: readonly Diagnostic[];
  readonly sources: PlanSources;
}

/** Compiles the config that lies in `root`, whatever the cache holds; writes nothing. */
export async function compileAnew(root: string): Promise<Result<CompiledPlan, Diagnostic[]>> {
  const { readConfiguration } = await import('../config/compile.ts');
  const { compilePlan } = await import('./compile-plan.ts');
  const { amountExpressions } = await import('./settle-amounts.ts');
  const configuration = await readConfiguration(root);
  if (!configuration.ok) return configuration;
  const { loaded, source, envFiles, envFileNames, problems, warnings, repeatable } = configuration.value;
  const plan = compilePlan(loaded, envFiles, process.env);
  if (problems.length > 0 || !plan.ok) return err([...problems, ...(plan.ok ? [] : plan.error)]);
  const { shellWarnings } = await import('./shell-warnings.ts');
  const { undefinedWarnings } = await import('./undefined-warnings.ts');
  const ofShell = [shellWarnings, undefinedWarnings].flatMap((find) => find(plan.value, loaded, process.env));
  const expressions = amountExpressions(loaded.config).map(({ expression }) => expression.text);
  const sources = {
    sources: [source],
    envFiles: envFileNames,
    amountVariables: amountVariables(expressions, plan.value, process.env),
    isRepeatable: repeatable,
  };
  return ok({ plan: plan.value, warnings: [...warnings, ...ofShell], sources });
}

async function compile(root: string, { onWarnings }: LoadPlanOptions): Promise<Result<Plan, Diagnostic[]>> {
  const compiled = await compileAnew(root);
  if (!compiled.ok) return compiled;
  const { plan, warnings, sources } = compiled.value;
  onWarnings?.(warnings);
  (await import('./write-plan-cache.ts')).writePlanCache(root, plan, sources);
  return ok(plan);
}
