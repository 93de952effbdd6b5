import { ejectProject } from '../../../generate/eject.ts';
import type { Confirmation } from '../../arguments/confirmation.ts';
import type { Writing } from '../../arguments/writing.ts';
import type { GeneratorContext } from '../../context/generator-context.ts';
import { complain } from '../../output/complain.ts';
import type { ExitCode } from '../../output/exit-code.ts';
import { changeWithConsent } from '../change-with-consent.ts';
import { findGenerated } from '../find-generated.ts';

export interface EjectCommand {
  readonly kind: 'eject';
  readonly confirm: Confirmation;
  readonly writing: Writing;
}

/** Gives the generated files to the user: they go on working, and devgen forgets them. */
export async function runEject(
  { confirm, writing }: EjectCommand,
  { directory, screen }: GeneratorContext,
): Promise<ExitCode> {
  const root = findGenerated(directory);
  if (!root.ok) return complain(screen, root.error);
  return changeWithConsent(
    {
      command: 'eject',
      confirm,
      writing,
      question: 'Keep all this as your own, which devgen never updates again?',
      perform: (mode) => ejectProject({ root: root.value, mode, now: new Date() }),
    },
    screen,
  );
}
