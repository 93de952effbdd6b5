import { hookEnvironment } from '../../plan/environment.ts';
import { hooksOf } from '../../plan/hooks-of.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { openLease } from '../../runtime/client/open-lease.ts';
import { type HookOutcome, noteHookOutcomes } from '../../runtime/state/hook-outcomes.ts';
import { composeAlert } from '../../runtime/supervisor/alerts/alert.ts';
import { deliverAlert } from '../../runtime/supervisor/alerts/deliver-alert.ts';
import { HookTurns } from '../../runtime/supervisor/alerts/hook-turns.ts';
import { PATIENCE } from '../../runtime/supervisor/alerts/patience.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { hookTable, outcomeTable } from '../sentences/hook-table.ts';
import { exitCodeOf, listenForEnd } from '../starting/ending-signals.ts';
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
  if (screen.answers === 'json') printJson<'hooks'>(screen, { hooks: hooks.map(({ hook }) => hook), failures });
  else screen.out(...hookTable(hooks, failures, { paint: screen.paintOut, now: Date.now() }));
  return failures.length === 0 ? EXIT.done : EXIT.failed;
}

/** Ctrl+C ends what a command has started. */
async function testHooks(context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const ending = listenForEnd();
  const aborting = new AbortController();
  void ending.first.then(() => aborting.abort());
  const at = new Date().toISOString();
  const outcomes = await tellTest(checkout, at, aborting.signal).finally(ending.close);
  if (ending.isRaised()) return exitCodeOf(await ending.first);
  // What fails here the user sees here.
  noteHookOutcomes(
    checkout.root,
    outcomes.filter(({ problem }) => problem === null),
    at,
  );
  if (screen.answers === 'json') printJson<'hooks'>(screen, { outcomes });
  else screen.out(...outcomeTable(outcomes, screen.paintOut));
  return outcomes.every(({ problem }) => problem === null) ? EXIT.done : EXIT.failed;
}

async function tellTest(checkout: Checkout, at: string, signal: AbortSignal): Promise<readonly HookOutcome[]> {
  const { root, plan, environment: shellEnvironment } = checkout;
  const alert = composeAlert({
    ...{ kind: 'test', project: plan.name, service: null, at, since: at, url: null, event: null },
    reason: 'this is a test: when a service is in trouble, it is told here',
    ...{ done: null, lastLines: [], heldBack: 0 },
  });
  const lease = openLease(checkout, { title: 'hook', names: [], onDemand: [] });
  const environment = hookEnvironment({ plan, root, ports: portsNow(checkout), shellEnvironment });
  const guard = { root, acquire: lease.acquire };
  const means = { guard, turns: new HookTurns(), clock: systemClock, patience: PATIENCE.test, signal };
  return deliverAlert(alert, { hooks: plan.hooks, environment, ...means }).finally(lease.close);
}

const NO_HOOKS = {
  code: 'runtime/no-hooks',
  message: 'the config has no `hooks`',
  hint: 'Write, say, `hooks: { webhook: $HOOK_URL }` or `hooks: { command: scripts/alert.sh }`.',
};
