import { loadPlan } from '../../plan/load-plan.ts';
import { isReadyToStart } from '../../runtime/setup/is-set-up.ts';
import type { CommandContext } from '../context/command-context.ts';
import { withPlan } from '../context/create-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT } from '../output/exit-code.ts';
import { printError } from '../output/print-json.ts';
import { describeWarnings } from '../sentences/describe-diagnostics.ts';
import { bringMainFiles } from './bring-main-files.ts';
import { performSetup } from './perform-setup.ts';
import { setupErrorToJson } from './tell-setup.ts';

/** Of a command before which what is stale is set up. */
export interface WithSetup {
  /** `skipped`: the user does not want it now. */
  readonly setup: 'when-stale' | 'skipped';
}

/**
 * Does what a fresh clone or a changed lock file asks for, then goes on. A step may have written an env file, so what
 * comes next works with the plan as it is then.
 */
export async function setUpFirst(
  command: WithSetup,
  context: CommandContext,
  next: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const { checkout, screen } = context;
  const { root, plan } = checkout;
  if (command.setup === 'skipped' || isReadyToStart(root, plan)) return next(context);
  const brought = bringMainFiles(context);
  if (brought === 'failed') return EXIT.failed;
  if (brought === 'brought') return withNewPlan(context, (ready) => setUpFirst(command, ready, next));
  const { code, ran, failed } = await performSetup({ steps: plan.setup, when: 'stale' }, context);
  if (failed !== null && screen.answers === 'json') printError(screen, setupErrorToJson(failed, context));
  if (code !== EXIT.done) return code;
  return ran.length === 0 ? next(context) : withNewPlan(context, next);
}

/** An env file is there that was not. */
async function withNewPlan(
  context: CommandContext,
  next: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const { checkout, screen } = context;
  const onWarnings = (warnings: Parameters<typeof describeWarnings>[0]): void =>
    screen.note(...describeWarnings(warnings, screen.paintNote));
  const loaded = await loadPlan(checkout.root, { onWarnings });
  if (!loaded.ok) return complain(screen, loaded.error);
  return next(withPlan(context, loaded.value));
}
