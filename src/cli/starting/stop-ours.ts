import { releaseServices, stopServices } from '../../runtime/client/client.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeClientFailure } from '../sentences/describe-client-failure.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { describeStopped } from '../sentences/describe-started.ts';
import type { EndingSignals } from './ending-signals.ts';
import type { Progress } from './progress.ts';

interface Stopping {
  readonly context: CommandContext;
  readonly progress: Progress;
  readonly ending: EndingSignals;
  /** With it nothing is stopped that somebody else has leased, and also what this alone has leased. */
  readonly lease?: string;
}

/**
 * Stops what this command started; a second wish to end kills it. `done`: nothing of it is left.
 * Returns at once when there is nothing to stop.
 */
export async function stopOurs(names: readonly string[], stopping: Stopping): Promise<ExitCode> {
  if (names.length === 0 && stopping.lease === undefined) return EXIT.done;
  if (names.length > 0) stopping.context.screen.note(`stopping ${names.join(', ')}; Ctrl+C again kills`);
  const stopped = stop(names, 'graceful', stopping);
  const winner = await Promise.race([stopped, stopping.ending.second.then(() => 'again' as const)]);
  if (winner !== 'again') return winner;
  await stop(names, 'kill', stopping);
  await stopped;
  return EXIT.interrupted;
}

async function stop(
  names: readonly string[],
  mode: 'graceful' | 'kill',
  { context, progress, lease }: Stopping,
): Promise<ExitCode> {
  const { checkout } = context;
  // What a kill does is told by the stop that is under way.
  const onEvent = mode === 'graceful' ? progress.show : () => undefined;
  const stopped =
    lease === undefined
      ? await stopServices(checkout, { names, mode }, onEvent)
      : await releaseServices(checkout, { id: lease, mode }, onEvent);
  if (!stopped.ok) {
    const { screen } = context;
    screen.note(...describeDiagnostics([describeClientFailure(stopped.error)], screen.paintNote));
    return EXIT.failed;
  }
  for (const service of stopped.value.services) {
    progress.conclude(service.service, describeStopped(service, context.words));
  }
  const left = names.filter(
    (name) => mode === 'graceful' && stopped.value.services.every(({ service }) => service !== name),
  );
  for (const name of left) context.screen.note(`${name}: left running, because another task needs it`);
  return stopped.value.services.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.done;
}
