import { err, type Result } from '../../base/result.ts';
import { pathsOf } from './paths.ts';
import { type RunRecord, runRecordShape } from './run-record.ts';
import { readStateFile, removeStateFile, type Unread, type Unwritable, writeStateFile } from './state-file.ts';

export function readRunRecord(root: string, service: string): Result<RunRecord, Unread> {
  const record = readStateFile(pathsOf(root).runRecord(service), runRecordShape);
  if (record.ok && record.value.service !== service) return err('unreadable');
  return record;
}

export function writeRunRecord(root: string, record: RunRecord): Result<null, Unwritable> {
  return writeStateFile(pathsOf(root).runRecord(record.service), `${JSON.stringify(record, null, 2)}\n`);
}

/** Does nothing when there is none. */
export function removeRunRecord(root: string, service: string): Result<null, Unwritable> {
  return removeStateFile(pathsOf(root).runRecord(service));
}
