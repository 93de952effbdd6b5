import type { GenerateMode, GenerateReport } from '../../generate/report.ts';
import type { Confirmation } from '../arguments/confirmation.ts';
import type { Writing } from '../arguments/writing.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { ask } from '../screen/ask.ts';
import type { Screen } from '../screen/screen.ts';
import type { GeneratorRequest } from '../sentences/describe-generated.ts';
import { GENERATE_MODES } from './generate-mode.ts';
import { tellReport } from './tell-report.ts';

export interface ChangeToAgree {
  readonly command: GeneratorRequest['command'];
  readonly writing: Writing;
  readonly confirm: Confirmation;
  /** As it stands before ` [y/N]`. */
  readonly question: string;
  readonly perform: (mode: GenerateMode) => Promise<GenerateReport>;
}

/**
 * Shows what the change would do, asks whether to do it, and does it; says no to a script that does not say `--yes`.
 */
export async function changeWithConsent(change: ChangeToAgree, screen: Screen): Promise<ExitCode> {
  const { command, confirm, writing, question, perform } = change;
  if (writing !== 'done') return tellReport(await perform(GENERATE_MODES[writing]), change, screen);
  if (confirm === 'assumed') return tellReport(await perform('write'), change, screen);
  if (!screen.canAsk) return complain(screen, [unconfirmed(command)]);
  const preview = await perform('dry-run');
  if (preview.outcome !== 'would-change') return tellReport(preview, change, screen);
  tellReport(preview, { command, writing: 'proposed' }, screen);
  if (!/^y(es)?$/.test(await ask(`${question} [y/N]`))) return EXIT.failed;
  const report = await perform('write');
  // What was done has been shown already.
  return tellReport(report.outcome === 'written' ? { ...report, actions: [] } : report, change, screen);
}

function unconfirmed(command: GeneratorRequest['command']) {
  return {
    code: 'usage/unconfirmed',
    message: `there is no terminal to ask whether to ${command}`,
    hint: `\`devgen ${command} --yes\` does not ask; \`--dry-run\` only shows what it would do.`,
  };
}
