import { setTimeout as delay } from 'node:timers/promises';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { readCursors, writeCursors } from '../../runtime/state/cursor-file.ts';
import { momentOf, type Since } from '../arguments/option-values.ts';
import { callerKey } from '../caller/caller-key.ts';
import type { CommandContext } from '../context/command-context.ts';
import { unreadLogs } from '../logs/deleted-logs.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson, printJsonLine } from '../output/print-json.ts';
import { type SettleQuery, type SettleReport, takeSettleReport } from '../settle/settle-report.ts';
import { settleToJson } from '../settle/settle-to-json.ts';
import { settleToLines } from '../settle/settle-to-lines.ts';
import { watchSources } from '../settle/watch-sources.ts';
import { exitCodeOf, listenForEnd } from '../starting/ending-signals.ts';
import { selectServices } from '../status/select-services.ts';
import { isUp, viewServices } from '../status/service-view.ts';

export interface SettleCommand {
  readonly kind: 'settle';
  readonly names: readonly string[];
  /** `null`: since this caller was told last. */
  readonly since: Since | null;
  /** `null`: the default. */
  readonly timeoutMs: number | null;
  readonly mode: 'once' | 'watched';
}

/** Less than the time after which agents give a command up. */
const DEFAULT_TIMEOUT_MS = 25_000;
const LOOK_EVERY_MS = 250;

/** Waits until an edit has taken effect and tells what is new. Succeeds when all that is asked about is well. */
export async function runSettle(command: SettleCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const selected = settling(command.names, checkout);
  if (!selected.ok) return complain(screen, selected.error);
  const wrong = unreadLogs(selected.value, context);
  if (wrong.length > 0) {
    complain(screen, wrong);
    return EXIT.failed;
  }
  const query = {
    services: selected.value,
    since: sinceOf(command, checkout),
    timeoutMs: command.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
  if (command.mode === 'watched') return watch(query, context);
  const report = await settleOnce(query, context);
  if (screen.answers === 'json') printJson<'settle'>(screen, settleToJson(report, screen));
  else screen.out(...settleToLines(report, screen, context.words));
  return report.outcome === 'well' ? EXIT.done : EXIT.failed;
}

/** Those that are named, or all that should be up; all, where none should. */
function settling(
  names: readonly string[],
  { root, plan }: { readonly root: string; readonly plan: Plan },
): Result<readonly ServicePlan[], readonly Diagnostic[]> {
  const selected = selectServices(plan, names);
  if (!selected.ok || names.length > 0) return selected;
  const views = viewServices(root, selected.value);
  const up = selected.value.filter((_, index) => {
    const view = views[index];
    return view !== undefined && (isUp(view) || view.status.wanted === 'up');
  });
  return ok(up.length === 0 ? selected.value : up);
}

/** From when on all is new to the caller. */
function sinceOf({ since }: SettleCommand, { root, environment }: Checkout): SettleQuery['since'] {
  if (since === null) return readCursors(root, callerKey(environment));
  const moment = momentOf(since, Date.now());
  return () => moment;
}

async function settleOnce(query: SettleQuery, { checkout }: CommandContext): Promise<SettleReport> {
  const report = await takeSettleReport(checkout, query);
  writeCursors(checkout.root, callerKey(checkout.environment), report.cursors);
  return report;
}

/** Tells it again after each change, until Ctrl+C. */
async function watch(query: SettleQuery, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const ending = listenForEnd();
  const changes = watchSources(checkout.root);
  let { since } = query;
  while (!ending.isRaised()) {
    const report = await Promise.race([settleOnce({ ...query, since }, context), ending.first]);
    if (typeof report === 'string') break;
    if (screen.answers === 'json') printJsonLine<'settle'>(screen, settleToJson(report, screen));
    else screen.out(...settleToLines(report, screen, context.words));
    since = (service) => report.cursors[service] ?? null;
    while (!ending.isRaised() && (changes().newest?.at ?? 0) <= (report.changes.newest?.at ?? 0)) {
      await Promise.race([delay(LOOK_EVERY_MS), ending.first]);
    }
  }
  ending.close();
  const signal = await ending.first;
  // Ctrl+C is how one leaves, not a failure.
  return signal === 'SIGINT' ? EXIT.done : exitCodeOf(signal);
}
