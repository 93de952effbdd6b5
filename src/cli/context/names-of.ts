import { calledNames } from '../../base/instance-name.ts';
import type { Plan } from '../../plan/plan.ts';
import type { KnownNames } from '../arguments/expand-shorthand.ts';

/** What a command line may name. */
export function namesOf({ services, tasks }: Plan): KnownNames {
  return { services: calledNames(services.map(({ name }) => name)), tasks: tasks.map(({ name }) => name) };
}
