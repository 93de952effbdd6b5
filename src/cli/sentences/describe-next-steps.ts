import type { Plan } from '../../plan/plan.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { Fact } from '../doctor/finding.ts';
import type { LeftToDo } from '../setup/left-to-do.ts';
import { describeFinding } from './describe-finding.ts';
import { describeLeftToDo } from './describe-left-to-do.ts';

/** What keeps the services from starting, and no setup step mends. */
export interface Unfinished {
  readonly left: readonly LeftToDo[];
  /** What `doctor` says of their commands. */
  readonly missing: readonly Fact[];
}

/** What to do after `init`, in order. */
export function describeNextSteps(
  { services, setup, configFile }: Pick<Plan, 'services' | 'setup' | 'configFile'>,
  { left, missing }: Unfinished,
  words: Words,
): readonly string[] {
  if (services.length === 0) return ['', `next: describe your dev servers in ${configFile}, then run ${words.program}`];
  const { program } = words;
  const start = `${program} ${setup.length === 0 ? 'starts everything' : 'sets everything up and starts it'}`;
  const steps = [
    ...left.map((each) => describeLeftToDo(each, words)),
    ...missing.map((fact) => {
      const { what, remedy } = describeFinding(fact, words);
      return remedy === '' ? what : `${what}: ${remedy}`;
    }),
  ];
  if (steps.length === 0) return ['', `next: ${start}; ${program} help shows the rest. Commit the generated files.`];
  return [
    '',
    'next:',
    ...[...new Set(steps)].map((step) => `  ${step}`),
    `  ${program}`,
    '',
    `${start}; ${program} help shows the rest. Commit the generated files.`,
  ];
}
