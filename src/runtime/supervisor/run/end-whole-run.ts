import { err, ok, type Result } from '../../../base/result.ts';
import { stopContainer } from '../../containers/stop-container.ts';
import { killRun, type OnKill, type StopPolicy, stopRun } from '../../process/stop-run.ts';
import type { LeftProcess } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';

export interface RunEnding {
  readonly record: RunRecord;
  /** Of the run or, where that is lost, as its launch would make it now. */
  readonly environment: Readonly<Record<string, string>>;
  /** How its processes are asked; a container has the grace period too, and is killed when there is none. */
  readonly policy: StopPolicy;
  readonly onKill?: OnKill;
}

export const AT_ONCE: StopPolicy = { signal: 'SIGKILL', graceMs: 0 };

/** For what is left of a run whose root is no more: processes of it are killed, containers have the grace period. */
export function policyForRest({ plan }: RunRecord): StopPolicy {
  return { signal: 'SIGKILL', graceMs: plan.stop.graceMs };
}

/**
 * Ends all that a run consists of, at its engine and on this machine. Every end of a run is this one; unless it is `ok`
 * the run's record is to be kept, because what is left, which the error tells, is for the next stop.
 */
export async function endWholeRun(ending: RunEnding): Promise<Result<null, readonly LeftProcess[]>> {
  const { record, policy, onKill = () => undefined } = ending;
  if (record.container?.state === 'coming') {
    // Compose itself, should it be at it still: it would begin more.
    const ended = await killRun(record, onKill);
    if (!ended.ok) return ended;
  }
  const running = await endContainer(ending);
  if (running.length > 0) return err(running);
  const stopped = await stopRun(record, policy, onKill);
  return stopped.ok ? ok(null) : stopped;
}

/** Only what it has at its engine, compose being done with it; gives what is left of that. */
export async function endContainer({ record, environment, policy }: RunEnding): Promise<readonly LeftProcess[]> {
  const { container: run, cwd, plan } = record;
  if (run === null || plan.runs.kind === 'process') return [];
  return stopContainer({ run, plan: plan.runs, context: { cwd, environment }, graceMs: policy.graceMs });
}
