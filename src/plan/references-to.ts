import { variablesAbout } from '../config/variables-about.ts';
import { refersTo } from './expand.ts';
import { namedVariables } from './named-variables.ts';
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
  const variables = variablesAbout(other);
  const named = namedVariables(`${command}\n${before ?? ''}`);
  return {
    env: Object.keys(env).filter((name) => variables.some((variable) => refersTo(env[name] ?? '', variable))),
    isInCommand: variables.some((variable) => named.has(variable)),
  };
}
