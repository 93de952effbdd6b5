import type { Clock } from '../../../platform/clock.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { ServiceStatus } from '../../state/service-status.ts';
import { readStatus } from '../../state/status-file.ts';
import type { Adopted, Past } from '../lifecycle/service-lifecycle.ts';
import { checkRun } from '../run/check-run.ts';
import { readCrashes } from '../run/crash-times.ts';
import type { ProbeSubject } from '../run/probe-target.ts';

/**
 * The state in which a run that lives is taken over. One that was ready is probed once before anything calls it
 * running, because it may have stopped to answer since. One whose port is not its own now has to become ready again.
 */
export async function assessRun(root: string, subject: ProbeSubject): Promise<Adopted> {
  const { record } = subject;
  if (record.readyAt === null) return { state: 'starting' };
  const known = statusOfRun(root, record);
  if (known?.state === 'unhealthy' && known.failure !== null) return unhealthy(known.failure);
  const outcome = await checkRun(record.plan, subject, new AbortController().signal);
  if (outcome.kind === 'passed') return { state: 'ready' };
  if (outcome.kind === 'stolen' || outcome.seen.kind === 'nothing-listens') return { state: 'starting' };
  return unhealthy({ reason: 'unhealthy', failures: 1, seen: outcome.seen });
}

/** What is known of the run's service from before; nothing when its status is lost or of another run. */
export function pastOfRun(root: string, record: RunRecord, clock: Clock): Past {
  const known = statusOfRun(root, record);
  const crashTimes = readCrashes(record.crashedAt, clock);
  return { wanted: 'up', restarts: known?.restarts ?? 0, lastExit: known?.lastExit ?? null, crashTimes };
}

export function lastRestartOf(root: string, record: RunRecord): ServiceStatus['lastRestart'] {
  return statusOfRun(root, record)?.lastRestart ?? null;
}

function statusOfRun(root: string, { service, id }: RunRecord) {
  const status = readStatus(root, service);
  return status.ok && status.value.run === id ? status.value : undefined;
}

function unhealthy(failure: Failure): Adopted {
  return { state: 'unhealthy', failure };
}
