import { removePidFile } from '../../state/pid-file.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { removeRunRecord } from '../../state/run-record-file.ts';
import { removeStateFile } from '../../state/state-file.ts';

/** Removes the files that would claim that a run lives: its record, FIFO and pid file. */
export function removeRun(root: string, record: RunRecord): void {
  removeRunRecord(root, record.service);
  if (record.fifo !== '') removeStateFile(record.fifo);
  removePidFile(root, record.service);
}
