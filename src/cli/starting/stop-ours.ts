import { releaseLease, requestStop } from '../../runtime/client/client.ts';
import type { Lease } from '../../runtime/supervisor/control/protocol.ts';
import type { CommandContext } from '../context/command-context.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { describeClientFailure, describeEndedSupervisor } from '../sentences/describe-client-failure.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { describeLeftRunning, describeStopped } from '../sentences/describe-started.ts';
import type { EndingSignals } from './ending-signals.ts';
import type { Progress } from './progress.ts';

interface Stopping {
  readonly context: CommandContext;
  readonly progress: Progress;
  readonly ending: EndingSignals;
  /** With it, services that only this lease covers are stopped too, and none that another lease covers. */
  readonly lease?: Lease;
}

/**
 * Stops what this command started; a second request to end kills it. `done`: nothing of it is left.
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
      ? await requestStop(checkout, { names, mode }, onEvent)
      : await releaseLease(checkout, { lease, mode }, onEvent);
  const { screen } = context;
  if (!stopped.ok) {
    screen.note(...describeDiagnostics([describeClientFailure(stopped.error)], screen.paintNote));
    return EXIT.failed;
  }
  const { services, left, endedSupervisor } = stopped.value;
  if (endedSupervisor !== null) screen.note(describeEndedSupervisor(endedSupervisor));
  for (const each of services) {
    // The other services of the lease were not announced: silence about those that did not run.
    if (each.outcome === 'was-not-running' && !names.includes(each.service)) continue;
    progress.conclude(each.service, describeStopped(each, context.words));
  }
  for (const each of left) {
    if (mode === 'graceful' && names.includes(each.service))
      screen.note(`${each.service}: ${describeLeftRunning(each)}`);
  }
  return services.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.done;
}
