import { err, type Result } from '../../base/result.ts';
import { amount, dictionaryOf, isoTime, nullable, object, oneOf, type Shape, text } from '../../base/shape.ts';
import { identityShape } from '../../platform/identity-shape.ts';
import { portShape } from './lifecycle-shapes.ts';
import { pathsOf } from './paths.ts';
import type { RunRecord } from './run-record.ts';
import { servicePlanShape } from './service-plan-shape.ts';
import { readStateFile, removeStateFile, type Unread, type Unwritable, writeStateFile } from './state-file.ts';
import { runIdShape } from './status-shape.ts';

const recordShape: Shape<RunRecord> = object({
  schemaVersion: oneOf(1),
  id: runIdShape,
  service: text,
  plan: servicePlanShape,
  root: nullable(identityShape),
  fifo: text,
  log: text,
  cwd: text,
  port: nullable(portShape),
  wantedPort: nullable(portShape),
  url: nullable(text),
  givenPorts: dictionaryOf(nullable(portShape)),
  startedAt: isoTime,
  readyAt: nullable(isoTime),
  logOffset: amount,
  fingerprint: text,
});

export function readRunRecord(root: string, service: string): Result<RunRecord, Unread> {
  const record = readStateFile(pathsOf(root).runRecord(service), recordShape);
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
