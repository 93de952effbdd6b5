import type { ServicePlan } from '../../plan/plan.ts';
import { startServices, stopServices } from '../../runtime/client/client.ts';
import type { RunRecord } from '../../runtime/state/run-record.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import type { RuntimeEvent } from '../../runtime/state/runtime-event.ts';
import type { StoppedService } from '../../runtime/supervisor/protocol.ts';
import type { CommandContext } from '../command-context.ts';
import { complain } from '../complain.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeClientFailure } from '../sentences/describe-client-failure.ts';
import { describeStarted } from '../sentences/describe-started.ts';
import { exitCodeOf } from '../starting/ending-signals.ts';
import type { Progress } from '../starting/progress.ts';
import { exitCodeOfReport } from '../starting/start-services.ts';
import type { TerminalSignals } from '../starting/terminal-signals.ts';
import { planForTerminal } from './plan-for-terminal.ts';

export interface BeginOrder {
  readonly context: CommandContext;
  readonly mode: 'normal' | 'force';
  readonly ports: Readonly<Record<string, number>>;
  readonly progress: Progress;
  readonly signals: TerminalSignals;
}

export type ForegroundRun =
  | {
      readonly kind: 'begun';
      readonly record: RunRecord;
      /** Ends what is left of the run; `null`: it is over, somebody else has stopped or restarted it. */
      stop(): Promise<StoppedService | null>;
    }
  /** The user was told why. */
  | { readonly kind: 'failed'; readonly code: ExitCode };

/** Has the supervisor begin a run of the service whose command is left to us; resolves when it is our turn. */
export async function beginRun(service: ServicePlan, order: BeginOrder): Promise<ForegroundRun> {
  const { context, mode, ports, progress, signals } = order;
  const { checkout } = context;
  const { name } = service;
  const over = new AbortController();
  let launched: (event: RuntimeEvent) => void = () => undefined;
  const ourTurn = new Promise<RuntimeEvent>((resolve) => {
    launched = resolve;
  });
  const plan = planForTerminal(checkout.plan, name, process.pid);
  const started = startServices(
    { ...checkout, plan },
    { names: [name], mode, ports, timeoutMs: null, signal: over.signal },
    (event) => {
      if (event.service === name && event.kind === 'starting') launched(event);
      progress.show(event);
    },
  );
  const first = await Promise.race([ourTurn, started, signals.ending.first]);
  if (typeof first === 'string') {
    over.abort();
    await stopServices(checkout, { names: [name], mode: 'graceful' }, progress.show);
    return { kind: 'failed', code: exitCodeOf(first) };
  }
  if ('ok' in first) {
    if (!first.ok) complain(context.screen, [describeClientFailure(first.error)]);
    else for (const each of first.value.services) progress.conclude(each.service, describeStarted(each, context.words));
    return { kind: 'failed', code: (first.ok && exitCodeOfReport(first.value)) || EXIT.failed };
  }
  const record = readRunRecord(checkout.root, name);
  if (!record.ok) throw new Error(`the run of ${name} that has begun has no record`);
  const { value } = record;
  const stop = async (): Promise<StoppedService | null> => {
    over.abort();
    const now = readRunRecord(checkout.root, name);
    if (!now.ok || now.value.id !== value.id) return null;
    const stopped = await stopServices(checkout, { names: [name], mode: 'graceful' }, progress.show);
    return stopped.ok ? (stopped.value.services[0] ?? null) : null;
  };
  return { kind: 'begun', record: value, stop };
}
