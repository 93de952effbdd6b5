import { statSync } from 'node:fs';
import { watchPath } from '../../../platform/watch-path.ts';
import { rotateIfLarge } from '../../logs/rotate.ts';
import { appendTimeIndex } from '../../logs/time-index.ts';
import { pathsOf } from '../../state/paths.ts';
import { writeRunRecord } from '../../state/run-record-file.ts';
import type { LaunchSpec } from './launch-spec.ts';
import type { LiveRun } from './live-run.ts';
import type { RunnerHost } from './runner-host.ts';

const NOTE_PERIOD_MS = 50;

/** Notes when which part of a run's log was written, and bounds its size, until the run shall end. */
export function keepLog(live: LiveRun, order: LaunchSpec, host: RunnerHost): void {
  const { service, log } = live.record;
  const timeIndex = pathsOf(host.root).timeIndex(service);
  let pending = false;
  const note = (): void => {
    pending = false;
    try {
      if (rotateIfLarge(log, { ...order.plan.logs, timeIndex }) !== 'small') forgetOffset(live, host);
      const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
      appendTimeIndex(timeIndex, { size, at: host.clock.now() });
    } catch (cause) {
      host.reportBug(cause); // Most likely the disk: time stamps are lost then, the log is not.
    }
  };
  const watch = watchPath(log, () => {
    if (pending) return;
    pending = true;
    host.clock.schedule(NOTE_PERIOD_MS, note);
  });
  live.ending.signal.addEventListener('abort', () => {
    watch.close();
    note();
  });
}

/** The emptied log begins with this run. */
function forgetOffset(live: LiveRun, host: RunnerHost): void {
  live.record = { ...live.record, logOffset: 0 };
  writeRunRecord(host.root, live.record);
}
