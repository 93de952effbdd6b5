import { endsOf } from '../../runtime/logs/merge-logs.ts';
import { attach } from '../attached/attach.ts';
import { type CommandContext, withPorts } from '../context/command-context.ts';
import { logSources } from '../logs/log-sources.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { runStart } from '../run-start.ts';
import { listenForEnd } from '../starting/ending-signals.ts';
import { createProgress } from '../starting/progress.ts';
import { startTarget, type UpCommand } from '../starting/start-request.ts';
import { exitCodeOfReport, startAndTell, startedByUs } from '../starting/start-services.ts';
import { staysAttached } from '../starting/stays-attached.ts';

/** Starts services and, when a person watches, shows what they do until that person leaves. */
export async function runUp(command: UpCommand, context: CommandContext): Promise<ExitCode> {
  if (!staysAttached(command, context.screen)) return runStart(command, context);
  const target = startTarget(command, context.checkout.plan);
  if (!target.ok) return complain(context.screen, target.error);
  const { root, plan } = context.checkout;
  const from = endsOf(logSources(root, plan.services));
  const ending = listenForEnd();
  try {
    const told = withPorts(context, target.value.ports);
    const starting = { context: told, ending, progress: createProgress(told) };
    const started = await startAndTell(command, target.value, starting);
    if (started.kind === 'over') return started.code === EXIT.interrupted ? EXIT.done : started.code;
    const { services } = started.report;
    // As long as anything runs there is something to show, and a failed service can be tried again with a key.
    if (services.every(({ outcome }) => outcome === 'failed')) return exitCodeOfReport(started.report);
    const shown = services.map(({ service }) => service);
    return await attach({ shown, ours: startedByUs(started.report), from }, starting);
  } finally {
    ending.close();
  }
}
