import { STARTERS, type StarterName } from '../../generate/starter/starters.ts';
import type { Plan } from '../../plan/plan.ts';

/** What to do after `init`; `template`: the app that it wrote. */
export function describeNextSteps(
  { services, configFile }: Pick<Plan, 'services' | 'configFile'>,
  template: StarterName | null,
): readonly string[] {
  if (services.length === 0) return ['', `next: describe your dev servers in ${configFile}, then run ./dev`];
  const preparations = template === null ? [] : STARTERS[template].preparations;
  if (preparations.length === 0) {
    return ['', 'next: ./dev starts everything; ./dev help shows the rest. Commit the generated files.'];
  }
  return [
    '',
    'next:',
    ...[...preparations, './dev'].map((line) => `  ${line}`),
    '',
    './dev starts everything; ./dev help shows the rest. Commit the generated files.',
  ];
}
