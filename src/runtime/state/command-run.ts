import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime, nullable, object, oneOf, type ShapeOf, text } from '../../base/shape.ts';
import { identityShape } from '../../platform/identity-shape.ts';
import { pathsOf } from './paths.ts';
import { runIdShape } from './run-record.ts';
import { readStateFile, removeStateFile, writeStateFile } from './state-file.ts';

const shape = object({
  schemaVersion: oneOf(1),
  /** The tag is `DEVGEN_RUN_<id>`. */
  id: runIdShape,
  kind: oneOf('task', 'setup', 'hook'),
  /** Of the task, the step or the hook. */
  name: text,
  command: text,
  /** The `./dev`, or for a hook the supervisor, that runs it, and that it does not outlive. */
  client: identityShape,
  /** `null`: the spawn was intended, its outcome never recorded. */
  root: nullable(identityShape),
  startedAt: isoTime,
});

/** `logs/.devgen/commands/ID.json`: the command of a task, step or hook, from before its spawn to after its end. */
export interface CommandRun extends ShapeOf<typeof shape> {}

const ENDING = '.json';

/** The records that can be read, the oldest command first. */
export function readCommandRuns(root: string): readonly CommandRun[] {
  const records = filesIn(pathsOf(root).commands).flatMap((name) => {
    const record = name.endsWith(ENDING) ? readCommandRun(root, name.slice(0, -ENDING.length)) : undefined;
    return record === undefined ? [] : [record];
  });
  return records.sort((one, other) => one.startedAt.localeCompare(other.startedAt));
}

/** `undefined`: there is none, or it makes no sense. */
export function readCommandRun(root: string, id: string): CommandRun | undefined {
  const record = readStateFile(fileOf(root, id), shape);
  return record.ok ? record.value : undefined;
}

/** Where nothing can be written the command runs all the same. */
export function writeCommandRun(root: string, record: CommandRun): void {
  writeStateFile(fileOf(root, record.id), `${JSON.stringify(record)}\n`);
}

export function removeCommandRun(root: string, id: string): void {
  removeStateFile(fileOf(root, id));
}

function fileOf(root: string, id: string): string {
  return join(pathsOf(root).commands, `${id}${ENDING}`);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // No command ever ran here, or the folder is not ours to read.
  }
}
