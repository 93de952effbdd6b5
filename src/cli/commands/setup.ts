import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Plan, SetupStep } from '../../plan/plan.ts';
import { blankIn } from '../../runtime/setup/perform-step.ts';
import { type SetupNews, staleReason } from '../../runtime/setup/run-setup.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { DocumentOf } from '../documents/documents.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { describeReason, describeSetupFailure, toFill, whatRuns } from '../sentences/describe-setup.ts';
import { bringMainFiles } from '../setup/bring-main-files.ts';
import { performSetup } from '../setup/perform-setup.ts';
import { setupErrorToJson } from '../setup/tell-setup.ts';

export interface SetupCommand {
  readonly kind: 'setup';
  /** Empty: all steps. */
  readonly names: readonly string[];
  readonly when: 'stale' | 'always';
  /** `shown`: nothing is run. */
  readonly doing: 'done' | 'shown';
}

/** Does what a fresh clone needs before a start, or shows it. */
export async function runSetupCommand(command: SetupCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const selected = selectSteps(checkout.plan, command.names);
  if (!selected.ok) return complain(screen, [selected.error]);
  const steps = selected.value;
  if (command.doing === 'shown') return showSteps(steps, command, context);
  if (bringMainFiles(context) === 'failed') return EXIT.failed;
  const { code, ran, failed } = await performSetup({ steps, when: command.when }, context);
  if (screen.answers === 'json') {
    const error = failed === null ? {} : setupErrorToJson(failed, context);
    printJson<'setup'>(screen, { steps: steps.map((step) => outcomeToJson(step, { ran, failed, context })), ...error });
    return code;
  }
  if (code !== EXIT.done) return code;
  screen.out(...summary(steps, ran, context), ...leftToFill(steps, context));
  return code;
}

function selectSteps({ setup }: Plan, names: readonly string[]): Result<readonly SetupStep[], Diagnostic> {
  const known = setup.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return ok(names.length === 0 ? setup : setup.filter(({ name }) => names.includes(name)));
  const meant = nearest(unknown, known);
  return err({
    code: 'usage/unknown-step',
    message: `there is no setup step \`${unknown}\``,
    hint: meant === undefined ? `The steps are ${known.join(', ') || 'none'}.` : `Did you mean \`${meant}\`?`,
  });
}

function showSteps(steps: readonly SetupStep[], { when }: SetupCommand, context: CommandContext): ExitCode {
  const { checkout, screen, words } = context;
  const judged = steps.map((step) => ({ step, reason: staleReason({ root: checkout.root, when }, step) }));
  if (screen.answers === 'json') {
    const shown = judged.map(({ step, reason }) => ({
      step: step.name,
      outcome: reason.ok && reason.value === null ? ('unchanged' as const) : ('stale' as const),
      reason: reason.ok ? (reason.value?.kind ?? null) : reason.error.reason,
    }));
    printJson<'setup'>(screen, { steps: shown });
    return EXIT.done;
  }
  if (steps.length === 0) screen.out(...summary(steps, [], context));
  for (const { step, reason } of judged) {
    const state = !reason.ok
      ? describeSetupFailure(reason.error, step, words).text
      : reason.value === null
        ? 'nothing to do'
        : `${whatRuns(step)} (${describeReason(reason.value)})`;
    screen.out(`${step.name}: ${state}`);
  }
  return EXIT.done;
}

function summary(steps: readonly SetupStep[], ran: readonly string[], { checkout }: CommandContext): readonly string[] {
  if (steps.length === 0) return [`there are no setup steps; they go under \`setup\` in ${checkout.plan.configFile}`];
  return [ran.length === 0 ? 'everything is set up' : `set up: ${ran.join(', ')}`];
}

function leftToFill(steps: readonly SetupStep[], { checkout: { root } }: CommandContext): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'copy' ? toFill(blankIn(root, step.to), step.to) : []));
}

interface Done {
  readonly ran: readonly string[];
  readonly failed: Extract<SetupNews, { kind: 'failed' }> | null;
  readonly context: CommandContext;
}

function outcomeToJson(step: SetupStep, { ran, failed, context }: Done): DocumentOf<'setup'>['steps'][number] {
  const isFailed = failed?.step.name === step.name;
  const blank = step.kind === 'copy' ? blankIn(context.checkout.root, step.to) : [];
  return { step: step.name, outcome: isFailed ? 'failed' : ran.includes(step.name) ? 'ran' : 'unchanged', blank };
}
