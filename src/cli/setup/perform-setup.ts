import type { SetupStep } from '../../plan/plan.ts';
import { openLease } from '../../runtime/client/open-lease.ts';
import { runGuarded } from '../../runtime/process/run-guarded.ts';
import { runSetup, type SetupNews, type SetupReport } from '../../runtime/setup/run-setup.ts';
import type { CommandContext } from '../context/command-context.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { exitCodeOf, listenForEnd } from '../starting/ending-signals.ts';
import { setupTeller } from './tell-setup.ts';

export interface SetupWish {
  readonly steps: readonly SetupStep[];
  readonly when: 'stale' | 'always';
}

export interface SetupOutcome {
  readonly code: ExitCode;
  readonly ran: SetupReport['ran'];
  /** What one step failed with; `null`: none did. */
  readonly failed: Extract<SetupNews, { kind: 'failed' }> | null;
}

/** Does what is stale, and tells of it. Ctrl+C ends the step that runs, with everything it started. */
export async function performSetup({ steps, when }: SetupWish, context: CommandContext): Promise<SetupOutcome> {
  const { root, plan, environment: shellEnvironment } = context.checkout;
  const ending = listenForEnd();
  const aborting = new AbortController();
  void ending.first.then(() => aborting.abort());
  const tell = setupTeller(context);
  let failed: SetupOutcome['failed'] = null;
  const onNews = (news: SetupNews): void => {
    if (news.kind === 'failed') failed = news;
    tell(news);
  };
  const lease = openLease(context.checkout, { title: 'setup', names: [], onDemand: [] });
  const guard = { root, acquire: lease.acquire };
  try {
    const { outcome, ran } = await runSetup({
      ...{ root, plan, shellEnvironment, steps, when, onNews },
      signal: aborting.signal,
      execute: (step, request) => runGuarded({ kind: 'setup', name: step.name, command: step.run, request }, guard),
    });
    if (outcome === 'broken-off') {
      context.screen.note('setup: broken off; the next start begins with what was not done');
      return { code: exitCodeOf(await ending.first), ran, failed };
    }
    return { code: outcome === 'failed' ? EXIT.failed : EXIT.done, ran, failed };
  } finally {
    lease.close();
    ending.close();
  }
}
