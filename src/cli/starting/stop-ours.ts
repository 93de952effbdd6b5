import { stopServices } from '../../runtime/client/client.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeClientFailure } from '../sentences/describe-client-failure.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { describeStopped } from '../sentences/describe-started.ts';
import type { EndingSignals } from './ending-signals.ts';
import type { Progress } from './progress.ts';

/**
 * Stops what this command started; a second wish to end kills it. `done`: nothing of it is left.
 * Returns at once when there is nothing to stop.
 */
export async function stopOurs(
  names: readonly string[],
  { context, progress, ending }: { context: CommandContext; progress: Progress; ending: EndingSignals },
): Promise<ExitCode> {
  if (names.length === 0) return EXIT.done;
  context.screen.note(`stopping ${names.join(', ')}; Ctrl+C again kills`);
  const stopped = stop(names, 'graceful', { context, progress });
  const winner = await Promise.race([stopped, ending.second.then(() => 'again' as const)]);
  if (winner !== 'again') return winner;
  await stop(names, 'kill', { context, progress });
  await stopped;
  return EXIT.interrupted;
}

async function stop(
  names: readonly string[],
  mode: 'graceful' | 'kill',
  { context, progress }: { context: CommandContext; progress: Progress },
): Promise<ExitCode> {
  const stopped = await stopServices(context.checkout, { names, mode }, progress.show);
  if (!stopped.ok) {
    const { screen } = context;
    screen.note(...describeDiagnostics([describeClientFailure(stopped.error)], screen.paintNote));
    return EXIT.failed;
  }
  for (const service of stopped.value.services) {
    progress.conclude(service.service, describeStopped(service, context.words));
  }
  return stopped.value.services.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.done;
}
