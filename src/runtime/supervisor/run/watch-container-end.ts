import { followCommand } from '../../containers/follow-command.ts';
import { isRunning } from '../../containers/judge-container.ts';
import { inspectContainers } from '../../containers/list-containers.ts';
import { launchRun } from '../../process/launch-run.ts';
import type { UpContainer } from '../../state/container-run.ts';
import type { ExitStatus } from '../../state/lifecycle.ts';
import type { WatchedRun } from './watched-run.ts';

/** Between two attempts to follow a container that runs on though its log has ended. */
const PAUSE_MS = 1_000;

/**
 * Waits until a run's container has ended, and gives how. What follows its log ends with it; but also when the engine
 * starts it again by itself, or when that process alone is killed: then another one takes its place as the run's root.
 */
export async function containerEnd({ live, host }: WatchedRun, container: UpContainer): Promise<ExitStatus> {
  const { signal } = live.ending;
  const context = { cwd: live.record.cwd, environment: live.environment.exported, signal };
  await live.rootExited;
  for (;;) {
    if (signal.aborted) return UNKNOWN;
    const states = await inspectContainers(container.engine, [container.id], context);
    const state = states?.[0];
    // An engine that is started anew does not answer for a moment, which says nothing of its containers.
    if (states !== null && state === undefined) return UNKNOWN;
    if (state !== undefined && !isRunning(state)) return { code: state.exitCode, signal: null };
    await host.clock.delay(PAUSE_MS, signal);
    if (signal.aborted) return UNKNOWN;
    if (states === null) continue;
    const command = followCommand({ ...container, begun: [] });
    const { record, environment } = live;
    const follower = await launchRun({ record: { ...record, plan: { ...record.plan, command } }, environment });
    if (!follower.ok) continue;
    live.amend({ root: follower.value.identity });
    await follower.value.exited;
  }
}

const UNKNOWN: ExitStatus = { code: null, signal: null };
