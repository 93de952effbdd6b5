import { hookEnvironment } from '../../plan/environment.ts';
import { hooksOf } from '../../plan/hooks-of.ts';
import { systemClock } from '../../platform/clock.ts';
import { noteHookOutcomes } from '../../runtime/state/hook-outcomes.ts';
import { composeAlert } from '../../runtime/supervisor/alerts/alert.ts';
import { deliverAlert } from '../../runtime/supervisor/alerts/deliver-alert.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { hookTable, outcomeTable } from '../sentences/hook-table.ts';
import { hookFailures } from '../status/hook-failures.ts';
import { portsNow } from '../status/ports-now.ts';

export interface HooksCommand {
  readonly kind: 'hooks';
  readonly action: 'list' | 'test';
}

/** Shows who is told of trouble and whether that works, or has each told something now. */
export async function runHooks({ action }: HooksCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const hooks = hooksOf(checkout.plan.hooks);
  if (hooks.length === 0) {
    complain(screen, [NO_HOOKS]);
    return EXIT.failed;
  }
  if (action === 'test') return testHooks(context);
  const failures = hookFailures(checkout);
  if (screen.answers === 'json') printJson(screen, { hooks: hooks.map(({ hook }) => hook), failures });
  else screen.out(...hookTable(hooks, failures, { paint: screen.paintOut, now: Date.now() }));
  return failures.length === 0 ? EXIT.done : EXIT.failed;
}

async function testHooks({ checkout, screen }: CommandContext): Promise<ExitCode> {
  const { root, plan, environment } = checkout;
  const at = new Date().toISOString();
  const alert = composeAlert({
    ...{ kind: 'test', project: plan.name, service: null, at, since: at, url: null, event: null },
    reason: 'this is a test: when a service is in trouble, it is told here',
    ...{ done: null, lastLines: [], heldBack: 0 },
  });
  const variables = hookEnvironment({ plan, root, ports: portsNow(checkout), shellEnvironment: environment });
  const delivery = { hooks: plan.hooks, environment: variables, root, clock: systemClock };
  const outcomes = await deliverAlert(alert, delivery);
  // What fails here the user sees here.
  noteHookOutcomes(
    root,
    outcomes.filter(({ problem }) => problem === null),
    at,
  );
  if (screen.answers === 'json') printJson(screen, { outcomes });
  else screen.out(...outcomeTable(outcomes, screen.paintOut));
  return outcomes.every(({ problem }) => problem === null) ? EXIT.done : EXIT.failed;
}

const NO_HOOKS = {
  code: 'runtime/no-hooks',
  message: 'the config has no `hooks`',
  hint: 'Write, say, `hooks: { webhook: $HOOK_URL }` or `hooks: { command: scripts/alert.sh }`.',
};
