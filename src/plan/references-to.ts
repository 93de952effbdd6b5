import { variablePrefix } from '../config/variable-prefix.ts';
import { refersTo } from './expand.ts';
import type { ServicePlan } from './plan.ts';

/** Where a service names another one: by `$NAME_URL`, `$NAME_PORT` or `$NAME_HOST`. */
export interface References {
  /** The variables of its `env` that do. */
  readonly env: readonly string[];
  /** Whether its command, or the one before it, does. */
  readonly isInCommand: boolean;
}

export function referencesTo(
  { command, before = null, env }: Pick<ServicePlan, 'command' | 'env'> & Partial<Pick<ServicePlan, 'before'>>,
  other: string,
): References {
  const variables = ['URL', 'PORT', 'HOST'].map((what) => `${variablePrefix(other)}_${what}`);
  // A command line may hold what only a shell can parse.
  const inShell = new RegExp(`\\$\\{?(?:${variables.join('|')})(?![A-Za-z0-9_])`);
  return {
    env: Object.keys(env).filter((name) => variables.some((variable) => refersTo(env[name] ?? '', variable))),
    isInCommand: inShell.test(command) || inShell.test(before ?? ''),
  };
}
