import { removePidFile } from '../../state/pid-file.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { removeRunRecord } from '../../state/run-record-file.ts';
import { removeStateFile } from '../../state/state-file.ts';
import type { RunnerHost } from './runner-host.ts';

/** Removes what would claim that a run lives: its record, FIFO and pid file, and its port's reservation. */
export function removeRun(record: RunRecord, host: Pick<RunnerHost, 'root' | 'releasePort'>): void {
  removeRunRecord(host.root, record.service);
  if (record.fifo !== '') removeStateFile(record.fifo);
  removePidFile(host.root, record.service);
  host.releasePort(record.service);
}
