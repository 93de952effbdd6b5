import type { Result } from '../../base/result.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { type ClientFailure, requestStart, requestStop, tellEnd } from '../../runtime/client/client.ts';
import type { ExitStatus } from '../../runtime/state/lifecycle.ts';
import type { RunRecord } from '../../runtime/state/run-record.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import type { StartReport, StoppedService } from '../../runtime/supervisor/control/protocol.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { describeClientFailure } from '../sentences/describe-client-failure.ts';
import { describeStarted } from '../sentences/describe-started.ts';
import { exitCodeOf } from '../starting/ending-signals.ts';
import type { Progress } from '../starting/progress.ts';
import { exitCodeOfReport } from '../starting/start-services.ts';
import type { TerminalSignals } from '../starting/terminal-signals.ts';

export interface BeginRequest {
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
      /**
       * The process has ended: ends what is left of the run. `null`: it is over, because it was stopped or restarted.
       */
      end(exit: ExitStatus): Promise<StoppedService | null>;
    }
  /** The user was told why. */
  | { readonly kind: 'failed'; readonly code: ExitCode };

/** Has the supervisor begin a run of the service whose process is left to us; resolves when that is to be started. */
export async function beginRun(service: ServicePlan, request: BeginRequest): Promise<ForegroundRun> {
  const { context, signals } = request;
  const { name } = service;
  const over = new AbortController();
  const { ourTurn, started } = start(name, request, over.signal);
  const first = await Promise.race([ourTurn, started, signals.ending.first]);
  if (first === 'our-turn') {
    const record = readRunRecord(context.checkout.root, name);
    if (!record.ok) throw new Error(`the run of ${name} that has begun has no record`);
    const end = (exit: ExitStatus): Promise<StoppedService | null> => {
      over.abort();
      return tellEnd(context.checkout, { run: record.value.id, exit }, request.progress.show);
    };
    return { kind: 'begun', record: record.value, end };
  }
  over.abort();
  if (typeof first === 'string') {
    await requestStop(context.checkout, { names: [name], mode: 'graceful' }, request.progress.show);
    return { kind: 'failed', code: exitCodeOf(first) };
  }
  return { kind: 'failed', code: tellFailure(first, request) };
}

/** The start goes on until the service is ready, which may be never; `signal` gives the wait up. */
function start(name: string, { context, mode, ports, progress }: BeginRequest, signal: AbortSignal) {
  let launched: () => void = () => undefined;
  const ourTurn = new Promise<'our-turn'>((resolve) => {
    launched = () => resolve('our-turn');
  });
  const request = { names: [name], mode, ports, timeoutMs: null, terminal: name, signal };
  const started = requestStart(context.checkout, request, (event) => {
    if (event.service === name && event.kind === 'on-terminal') launched();
    progress.show(event);
  });
  return { ourTurn, started };
}

function tellFailure(started: Result<StartReport, ClientFailure>, { context, progress }: BeginRequest): ExitCode {
  if (!started.ok) {
    complain(context.screen, [describeClientFailure(started.error)]);
    return EXIT.failed;
  }
  for (const each of started.value.services) progress.conclude(each.service, describeStarted(each, context.words));
  return exitCodeOfReport(started.value) || EXIT.failed;
}
