import { type CommandContext, withPorts } from './context/command-context.ts';
import { complain } from './output/complain.ts';
import type { ExitCode } from './output/exit-code.ts';
import { printJson, printJsonLine } from './output/print-json.ts';
import { listenForEnd } from './starting/ending-signals.ts';
import { patienceOf } from './starting/patience.ts';
import { createProgress, tellEvents } from './starting/progress.ts';
import { type StartCommand, startTarget, type UpCommand } from './starting/start-request.ts';
import { exitCodeOfReport, startAndTell } from './starting/start-services.ts';

/*
 * What the front loads for the commands that start and stop services: no more than that, for speed. A `stop` shares
 * most of it with a `start`.
 */
export { runStop } from './commands/stop.ts';

/**
 * `start`, `restart` and an `up` that does not stay attached: returns when all is ready or has failed.
 */
export async function runStart(command: StartCommand | UpCommand, context: CommandContext): Promise<ExitCode> {
  const target = startTarget(command, context.checkout.plan);
  if (!target.ok) return complain(context.screen, target.error);
  const ending = listenForEnd();
  try {
    const told = withPorts(context, target.value.ports);
    const progress = command.events === 'told' ? tellEvents(told.screen) : createProgress(told);
    const patienceMs = command.timeoutMs === null ? patienceOf(context) : null;
    const started = await startAndTell(command, target.value, { context: told, ending, progress, patienceMs });
    if (started.kind === 'over') return started.code;
    const { services } = started.report;
    if (command.events === 'told') printJsonLine<'start'>(context.screen, { services });
    else if (context.screen.answers === 'json') printJson<'start'>(context.screen, { services });
    return exitCodeOfReport(started.report);
  } finally {
    ending.close();
  }
}
