import { mergeEnvTexts, ROOT_ENV_FILES } from '../config/merge-env-texts.ts';
import type { Plan, ServicePlan } from './plan.ts';

/*
 * What env files hold is often secret, and may change at any time. On a disk a plan only names the files; the values
 * are put in when it is read.
 */

/** The text of an env file; `null`: there is none. The path is relative to the root, or absolute. */
type TextOf = (path: string) => string | null;

/** The service as it may lie on a disk. */
export function withoutEnvFileValues(service: ServicePlan): ServicePlan {
  return { ...service, dotenv: {} };
}

export function withEnvFileValues(service: ServicePlan, textOf: TextOf): ServicePlan {
  return { ...service, dotenv: mergeEnvTexts(service.envFiles.map(textOf)) };
}

/** The plan as it may lie on a disk. */
export function planWithoutEnvFileValues(plan: Plan): Plan {
  return { ...plan, dotenv: {}, services: plan.services.map(withoutEnvFileValues) };
}

export function planWithEnvFileValues(plan: Plan, textOf: TextOf): Plan {
  return {
    ...plan,
    dotenv: mergeEnvTexts(ROOT_ENV_FILES.map(textOf)),
    services: plan.services.map((service) => withEnvFileValues(service, textOf)),
  };
}
