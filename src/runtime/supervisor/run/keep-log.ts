import { statSync } from 'node:fs';
import type { Releases } from '../../../base/releases.ts';
import type { LogPlan } from '../../../plan/plan.ts';
import { errorCode } from '../../../platform/error-code.ts';
import { watchPath } from '../../../platform/watch-path.ts';
import { statLog } from '../../logs/open-log.ts';
import { removeOldLogs } from '../../logs/remove-old-logs.ts';
import { rotateIfLarge } from '../../logs/rotate.ts';
import { appendTimeIndex } from '../../logs/time-index.ts';
import { pathsOf } from '../../state/paths.ts';
import type { LiveRun } from './live-run.ts';
import type { RunnerHost } from './runner-host.ts';

const NOTE_PERIOD_MS = 50;

export interface KeptLog {
  readonly live: LiveRun;
  readonly logs: LogPlan;
  readonly host: Pick<RunnerHost, 'root' | 'clock' | 'reportBug'>;
  /** Of what follows the run: with them the log is noted for the last time. */
  readonly releases: Releases;
  /** Told after each growth. */
  readonly grewTo: (size: number) => void;
}

/** Notes when which part of a run's log was written, and bounds its size. */
export function keepLog({ live, logs, host, releases, grewTo }: KeptLog): void {
  const { service, log } = live.record;
  const timeIndex = pathsOf(host.root).timeIndex(service);
  const note = (): void => {
    try {
      // What removes the log may be removing all of the worktree: what is written there meanwhile would stay.
      if (statLog(log) === undefined) return;
      // The emptied log begins with this run.
      if (rotateIfLarge(log, { ...logs, timeIndex }) !== 'small') live.amend({ logOffset: 0 });
      const { size } = statSync(log);
      appendTimeIndex(timeIndex, { size, at: host.clock.now() });
      grewTo(size);
    } catch (cause) {
      // The disk is full, or the folder gone: time stamps are lost then, the log is not.
      if (errorCode(cause) === undefined) host.reportBug(cause);
    }
  };
  removeOldLogs({ log, timeIndex, keepFiles: logs.keepFiles }, host.clock.now() - logs.maxAgeMs);
  let pending: { cancel(): void } | null = null;
  const watch = watchPath(log, () => {
    pending ??= host.clock.schedule(NOTE_PERIOD_MS, () => {
      pending = null;
      note();
    });
  });
  releases.add(() => {
    watch.close();
    pending?.cancel();
    note();
  });
}
