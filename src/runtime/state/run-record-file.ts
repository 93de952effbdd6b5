import { err, type Result } from '../../base/result.ts';
import { withoutEnvFileValues } from '../../plan/env-file-values.ts';
import { fileOwner } from '../../platform/file-owner.ts';
import type { Failure } from './lifecycle.ts';
import { pathsOf } from './paths.ts';
import { type RunRecord, runRecordShape } from './run-record.ts';
import { readStateFile, removeStateFile, type Unread, type Unwritable, writeStateFile } from './state-file.ts';

export type UnreadableRecord = Extract<Failure, { reason: 'record-unreadable' }>;

export function readRunRecord(root: string, service: string): Result<RunRecord, Unread> {
  const record = readStateFile(pathsOf(root).runRecord(service), runRecordShape);
  if (record.ok && record.value.service !== service) return err('damaged');
  return record;
}

/**
 * Why nothing can be done about the last run of a service: its record is there and cannot be read, so that nothing
 * tells what it is and whether it goes on. Such a run is neither signalled nor forgotten.
 * `null`: it can, or there is none.
 */
export function unreadableRecord(root: string, service: string): UnreadableRecord | null {
  const record = readRunRecord(root, service);
  if (record.ok || record.error === 'absent') return null;
  const owner = fileOwner(pathsOf(root).runRecord(service));
  return { reason: 'record-unreadable', path: pathsOf('').runRecord(service), because: record.error, owner };
}

export function writeRunRecord(root: string, record: RunRecord): Result<null, Unwritable> {
  const written: RunRecord = { ...record, plan: withoutEnvFileValues(record.plan) };
  return writeStateFile(pathsOf(root).runRecord(record.service), `${JSON.stringify(written, null, 2)}\n`);
}

/** Does nothing when there is none. */
export function removeRunRecord(root: string, service: string): Result<null, Unwritable> {
  return removeStateFile(pathsOf(root).runRecord(service));
}
