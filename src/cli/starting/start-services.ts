import type { ServicePlan } from '../../plan/plan.ts';
import { withDependencies } from '../../plan/with-dependencies.ts';
import { systemClock } from '../../platform/clock.ts';
import { requestStart, type StartOptions } from '../../runtime/client/client.ts';
import type { Lease, StartReport } from '../../runtime/supervisor/control/protocol.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { describeClientFailure } from '../sentences/describe-client-failure.ts';
import { describeStarted } from '../sentences/describe-started.ts';
import { isUp, viewService } from '../status/service-view.ts';
import { type EndingSignals, exitCodeOf } from './ending-signals.ts';
import { openStarted } from './open-started.ts';
import type { Progress } from './progress.ts';
import type { StartingCommand, StartTarget } from './start-request.ts';
import { stopOurs } from './stop-ours.ts';
import { tellStillTrying } from './tell-still-trying.ts';
import { tellWaiting } from './tell-waiting.ts';

export type Started =
  | { readonly kind: 'reported'; readonly report: StartReport }
  /** The command is over; the user was told why. */
  | { readonly kind: 'over'; readonly code: ExitCode };

export interface Starting {
  readonly context: CommandContext;
  readonly progress: Progress;
  readonly ending: EndingSignals;
  /** A task's: what it starts is stopped when no task needs it any more. */
  readonly lease?: Lease;
  /** How long the end is waited for; left out: as long as it takes. What was started goes on then. */
  readonly patienceMs?: number | null;
}

/** Starts (or restarts) the services and tells how it came out. Broken off, it stops again what it was starting. */
export async function startAndTell(
  command: StartingCommand,
  target: StartTarget,
  starting: Starting,
): Promise<Started> {
  const { checkout, screen } = starting.context;
  const touched = withDependencies(
    checkout.plan,
    target.services.map(({ name }) => name),
  );
  const ours = touched.filter((service) => !isUp(viewService(checkout.root, service))).map(({ name }) => name);
  const request = { ...requestOf(command, target), isOnDemand: starting.lease !== undefined };
  const opening = { ...starting, open: command.kind === 'restart' ? ('never' as const) : command.open };
  const first = await attempt(request, { ours, touched }, opening);
  if (first.kind === 'over' || !screen.canAsk) return first;
  const { askConflicts, mergeReports } = await import('./ask-conflicts.ts');
  const conflicts = await askConflicts(first.report);
  if (Object.keys(conflicts).length === 0) return first;
  const second = await attempt({ ...request, mode: 'normal', conflicts }, { ours, touched }, opening);
  return second.kind === 'over' ? second : { kind: 'reported', report: mergeReports(first.report, second.report) };
}

interface Touched {
  /** Names of those that this start would bring up. */
  readonly ours: readonly string[];
  readonly touched: readonly ServicePlan[];
}

type Opening = Starting & Pick<StartingCommand, 'open'>;

async function attempt(request: StartOptions, { ours, touched }: Touched, starting: Opening): Promise<Started> {
  const { context, progress, ending, patienceMs = null } = starting;
  const { checkout, screen, words } = context;
  const givenUp = new AbortController();
  const patience = patienceMs === null ? NEVER : systemClock.delay(patienceMs, givenUp.signal);
  const waiting = tellWaiting(touched, progress, context);
  const outcome = await Promise.race([
    requestStart(checkout, { ...request, signal: givenUp.signal }, waiting.show),
    ending.first.then((signal) => ({ kind: 'broken-off' as const, signal })),
    patience.then(() => ({ kind: 'still-trying' as const, waitedMs: patienceMs ?? 0 })),
  ]).finally(waiting.close);
  if ('kind' in outcome && outcome.kind === 'still-trying') {
    givenUp.abort();
    const { waitedMs } = outcome;
    return { kind: 'over', code: tellStillTrying({ services: touched, waitedMs, progress }, context) };
  }
  if ('kind' in outcome) {
    givenUp.abort(); // Else the same news would come twice, from the start and from the stop.
    if (ours.length === 0) screen.note(`broken off; what is under way goes on: \`${words.program} status\` tells`);
    const stopped = await stopOurs(ours, starting);
    return { kind: 'over', code: stopped === EXIT.done ? exitCodeOf(outcome.signal) : stopped };
  }
  if (!outcome.ok) {
    complain(screen, [describeClientFailure(outcome.error)]);
    return { kind: 'over', code: EXIT.failed };
  }
  for (const service of outcome.value.services) progress.conclude(service.service, describeStarted(service, words));
  await openStarted(starting.open, outcome.value, context);
  return { kind: 'reported', report: outcome.value };
}

const NEVER = new Promise<never>(() => undefined);

function requestOf(command: StartingCommand, { services, ports }: StartTarget): StartOptions {
  const { timeoutMs, forMs } = command;
  const names = command.names.length === 0 ? [] : services.map(({ name }) => name);
  const mode = command.mode === 'normal' && command.kind === 'restart' ? 'restart' : command.mode;
  return { names, mode, ports, conflicts: {}, timeoutMs, forMs };
}

/** Names of the services that run now because of this start. */
export function startedByUs({ services }: StartReport): readonly string[] {
  return services.flatMap(({ service, outcome }) =>
    outcome === 'started' || outcome === 'restarted' ? [service] : [],
  );
}

/** A port that is none is the configuration's fault; everything else happens. */
export function exitCodeOfReport({ services }: Pick<StartReport, 'services'>): ExitCode {
  const failed = services.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return EXIT.done;
  return failed.some(({ failure }) => failure?.reason === 'port-invalid') ? EXIT.usage : EXIT.failed;
}
