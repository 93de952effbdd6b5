import { type ClientFailure, requestStop } from '../../runtime/client/client.ts';
import { findDeniedState } from '../../runtime/state/denied-state.ts';
import type { StartedService, StoppedService } from '../../runtime/supervisor/control/protocol.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { planReload, type Reload } from '../reload/plan-reload.ts';
import { describeClientFailure } from '../sentences/describe-client-failure.ts';
import { describeReload } from '../sentences/describe-reload.ts';
import { describeStarted, describeStopped } from '../sentences/describe-started.ts';
import { listenForEnd } from '../starting/ending-signals.ts';
import { createProgress, type Progress } from '../starting/progress.ts';
import { startTarget } from '../starting/start-request.ts';
import { exitCodeOfReport, startAndTell } from '../starting/start-services.ts';
import { selectShown } from '../status/select-shown.ts';
import { viewFully } from '../status/view-traced.ts';
import { wantedHere } from '../status/wanted-here.ts';

export interface ReloadCommand {
  readonly kind: 'reload';
  /** Empty: all that run. */
  readonly names: readonly string[];
  readonly doing: 'done' | 'shown';
  /** `null`: as configured. */
  readonly timeoutMs: number | null;
}

/** Applies what changed in the config and in env files: says what must be restarted or stopped, and does only that. */
export async function runReload(command: ReloadCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen, words } = context;
  const selected = selectShown(checkout, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const { plan, root } = checkout;
  const denied = findDeniedState(root);
  if (denied !== null) {
    complain(screen, [describeClientFailure({ reason: 'state-denied', ...denied })]);
    return EXIT.failed;
  }
  const wanted = wantedHere(checkout);
  const all = selectShown(checkout, []);
  const reload = planReload({
    views: viewFully(root, all.ok ? all.value : selected.value),
    services: plan.services,
    wanted: wanted.ok ? wanted.value : new Map(),
    asked: new Set(selected.value.map(({ name }) => name)),
  });
  if (screen.answers === 'text') screen.out(...describeReload(reload, words));
  const isNothing = reload.restart.length === 0 && reload.stop.length === 0;
  if (command.doing === 'shown' || isNothing) {
    if (screen.answers === 'json') printJson<'reload'>(screen, { ...reload, services: [], stopped: [] });
    return EXIT.done;
  }
  return apply(reload, command, context);
}

/** Stops what left the config first: it may have a port that another service is to have now. */
async function apply(reload: Reload, command: ReloadCommand, context: CommandContext): Promise<ExitCode> {
  const { screen } = context;
  const progress = createProgress(context);
  const stopped = await stop(reload.stop, progress, context);
  if (!stopped.ok) {
    complain(screen, [describeClientFailure(stopped.error)]);
    return EXIT.failed;
  }
  const started = await restart(reload, { command, progress, context });
  if (typeof started === 'number') return started;
  const { services } = started;
  if (screen.answers === 'json') printJson<'reload'>(screen, { ...reload, services, stopped: stopped.value });
  const isLeft = stopped.value.some(({ outcome }) => outcome === 'failed');
  return isLeft ? EXIT.failed : exitCodeOfReport({ services });
}

type Stopped =
  | { readonly ok: true; readonly value: readonly StoppedService[] }
  | { readonly ok: false; readonly error: ClientFailure };

async function stop(names: readonly string[], progress: Progress, context: CommandContext): Promise<Stopped> {
  if (names.length === 0) return { ok: true, value: [] };
  const outcome = await requestStop(context.checkout, { names, mode: 'graceful' }, progress.show);
  if (!outcome.ok) return outcome;
  const { services } = outcome.value;
  for (const each of services) progress.conclude(each.service, describeStopped(each, context.words));
  return { ok: true, value: services };
}

interface Restarting {
  readonly command: ReloadCommand;
  readonly progress: Progress;
  readonly context: CommandContext;
}

/**
 * All in one start, so that they learn each other's new ports; gives what became of them and of their followers, or an
 * exit code when that is all there is to say.
 */
async function restart(
  reload: Reload,
  { command, progress, context }: Restarting,
): Promise<ExitCode | { readonly services: readonly StartedService[] }> {
  const names = reload.restart.map(({ service }) => service);
  if (names.length === 0) return { services: [] };
  const { timeoutMs } = command;
  const starting = {
    kind: 'restart',
    names,
    mode: 'normal',
    port: null,
    timeoutMs,
    forMs: null,
    open: 'never',
  } as const;
  const target = startTarget(starting, context.checkout.plan);
  if (!target.ok) return complain(context.screen, target.error);
  const ending = listenForEnd();
  try {
    const started = await startAndTell(starting, target.value, { context, ending, progress });
    if (started.kind === 'over') return started.code;
    const { services, followers } = started.report;
    for (const each of followers) progress.conclude(each.service, describeStarted(each, context.words));
    return { services: [...services, ...followers] };
  } finally {
    ending.close();
  }
}
