import type { Plan } from '../../plan/plan.ts';
import type { LeftToDo } from '../setup/left-to-do.ts';
import { describeLeftToDo } from './describe-left-to-do.ts';

/** What to do after `init`, in order; `left`: what no setup step can do. */
export function describeNextSteps(
  { services, setup, configFile }: Pick<Plan, 'services' | 'setup' | 'configFile'>,
  left: readonly LeftToDo[],
): readonly string[] {
  if (services.length === 0) return ['', `next: describe your dev servers in ${configFile}, then run ./dev`];
  const start = setup.length === 0 ? './dev starts everything' : './dev sets everything up and starts it';
  if (left.length === 0) return ['', `next: ${start}; ./dev help shows the rest. Commit the generated files.`];
  return [
    '',
    'next:',
    ...left.map((each) => `  ${describeLeftToDo(each)}`),
    '  ./dev',
    '',
    `${start}; ./dev help shows the rest. Commit the generated files.`,
  ];
}
