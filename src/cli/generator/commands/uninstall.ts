import { uninstallProject } from '../../../generate/uninstall.ts';
import { programIn } from '../../../manifest/launcher.ts';
import type { Confirmation } from '../../arguments/confirmation.ts';
import type { Writing } from '../../arguments/writing.ts';
import type { GeneratorContext } from '../../context/generator-context.ts';
import { complain } from '../../output/complain.ts';
import { EXIT, type ExitCode } from '../../output/exit-code.ts';
import { changeWithConsent } from '../change-with-consent.ts';
import { findGenerated } from '../find-generated.ts';
import { leftBehind } from '../left-behind.ts';
import { runningServices } from '../running-services.ts';

export interface UninstallCommand {
  readonly kind: 'uninstall';
  readonly confirm: Confirmation;
  readonly writing: Writing;
  readonly config: 'keep' | 'remove';
}

/** Takes out everything that was generated. Not while something runs: nothing would be left to stop it with. */
export async function runUninstall(
  { confirm, writing, config }: UninstallCommand,
  { directory, screen }: GeneratorContext,
): Promise<ExitCode> {
  const root = findGenerated(directory);
  if (!root.ok) return complain(screen, root.error);
  const running = runningServices(root.value);
  if (writing === 'done' && running.length > 0) return complain(screen, [stillRunning(running, programIn(root.value))]);
  const code = await changeWithConsent(
    {
      command: 'uninstall',
      confirm,
      writing,
      question: 'Remove all this?',
      perform: (mode) => uninstallProject({ root: root.value, mode, force: 'refuse', config, now: new Date() }),
    },
    screen,
  );
  const left = code === EXIT.done && writing === 'done' ? await leftBehind(root.value) : [];
  if (left.length > 0) screen.out(`still here: ${left.join(', ')}`);
  return code;
}

function stillRunning(services: readonly string[], program: string) {
  return {
    code: 'generate/still-running',
    message: `${services.map((name) => `\`${name}\``).join(', ')} still ${services.length === 1 ? 'runs' : 'run'}`,
    hint: `Run \`${program} stop\` first: afterwards nothing would be here to stop it with.`,
  };
}
