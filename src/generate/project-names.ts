import type { ServicePlan, TaskPlan } from '../plan/plan.ts';

/**
 * What the files that run anything are generated from: the rest of a plan is read at each start, so a change of it
 * rewrites none of them.
 */
export interface ProjectNames {
  /** Prefix of the shell aliases: `bot` makes `bot-start`. */
  readonly aliasPrefix: string;
  readonly services: readonly { readonly name: string }[];
  readonly tasks: readonly { readonly name: string }[];
}

/** What of a plan `DEVELOPMENT.md` describes. */
export interface ProjectOutline extends ProjectNames {
  /** Relative to the root. */
  readonly configFile: string;
  readonly services: readonly ServiceOutline[];
  readonly tasks: readonly Pick<TaskPlan, 'name' | 'description'>[];
}

export type ServiceOutline = Pick<
  ServicePlan,
  'name' | 'command' | 'cwd' | 'port' | 'dependsOn' | 'waitFor' | 'env' | 'health'
>;
