import type { Plan } from '../../plan/plan.ts';
import type { ProjectNames } from '../arguments/expand-shorthand.ts';

/** What a command line may name. */
export function namesOf({ services, tasks }: Plan): ProjectNames {
  return { services: services.map(({ name }) => name), tasks: tasks.map(({ name }) => name) };
}
