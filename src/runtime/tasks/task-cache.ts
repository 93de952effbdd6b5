import { join } from 'node:path';
import { matching, object, oneOf } from '../../base/shape.ts';
import { pathsOf } from '../state/paths.ts';
import { readStateFile, removeStateFile, writeStateFile } from '../state/state-file.ts';

const shape = object({ schemaVersion: oneOf(1), fingerprint: matching(/^[0-9a-f]{64}$/) });

/** The fingerprint with which a task last succeeded; `null`: it did not, or that is not known. */
export function readFingerprint(root: string, task: string): string | null {
  const file = readStateFile(fileOf(root, task), shape);
  return file.ok ? file.value.fingerprint : null;
}

/** `null` forgets it. Where nothing can be written the task simply runs again. */
export function writeFingerprint(root: string, task: string, fingerprint: string | null): void {
  const file = fileOf(root, task);
  if (fingerprint === null) removeStateFile(file);
  else writeStateFile(file, `${JSON.stringify({ schemaVersion: 1, fingerprint })}\n`);
}

function fileOf(root: string, task: string): string {
  return join(pathsOf(root).state, 'tasks', `${task}.json`);
}
