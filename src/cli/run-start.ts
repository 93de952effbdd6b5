import { type CommandContext, withPorts } from './context/command-context.ts';
import { complain } from './output/complain.ts';
import type { ExitCode } from './output/exit-code.ts';
import { printJson } from './output/print-json.ts';
import { listenForEnd } from './starting/ending-signals.ts';
import { createProgress } from './starting/progress.ts';
import { type StartingCommand, startTarget } from './starting/start-request.ts';
import { exitCodeOfReport, startAndTell } from './starting/start-services.ts';

/**
 * `start`, `restart` and an `up` that does not stay attached: returns when all is ready or has failed.
 * The front shares it with everything else, so it must stay quick to load.
 */
export async function runStart(command: StartingCommand, context: CommandContext): Promise<ExitCode> {
  const target = startTarget(command, context.checkout.plan);
  if (!target.ok) return complain(context.screen, target.error);
  const ending = listenForEnd();
  try {
    const told = withPorts(context, target.value.ports);
    const progress = createProgress(told);
    const started = await startAndTell(command, target.value, { context: told, ending, progress });
    if (started.kind === 'over') return started.code;
    if (context.screen.answers === 'json') printJson(context.screen, { services: started.report.services });
    return exitCodeOfReport(started.report);
  } finally {
    ending.close();
  }
}
