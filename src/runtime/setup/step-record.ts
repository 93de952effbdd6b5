import { join } from 'node:path';
import { listOf, matching, nullable, object, oneOf, text } from '../../base/shape.ts';
import type { RunStep } from '../../plan/plan.ts';
import { pathsOf } from '../state/paths.ts';
import { readStateFile, removeStateFile, writeStateFile } from '../state/state-file.ts';

/** How a step and what it reads were when it last succeeded in this checkout. */
export interface StepRecord {
  readonly definition: string;
  readonly inputs: readonly RecordedInput[];
  /** Outputs that it did not make although it succeeded: `npm install` of no packages makes no `node_modules`. */
  readonly unmade: readonly string[];
}

export interface RecordedInput {
  /** Relative to the project root. */
  readonly file: string;
  /** `null`: it was not there. Empty: not to be trusted. */
  readonly stamp: string | null;
  /** Of the content; `null`: it was not there. */
  readonly hash: string | null;
}

const input = object({ file: text, stamp: nullable(text), hash: nullable(matching(/^[0-9a-f]{64}$/)) });
const shape = object({ schemaVersion: oneOf(1), definition: text, inputs: listOf(input), unmade: listOf(text) });

/** What a record has to be equal in for the step to be the same one. */
export function definitionOf(step: RunStep): string {
  return JSON.stringify(step);
}

/** `null`: the step did not succeed here, or that is not known. */
export function readStepRecord(root: string, step: string): StepRecord | null {
  const file = readStateFile(fileOf(root, step), shape);
  return file.ok ? file.value : null;
}

/** Where nothing can be written the step simply runs again. */
export function writeStepRecord(root: string, step: string, record: StepRecord): void {
  writeStateFile(fileOf(root, step), `${JSON.stringify({ schemaVersion: 1, ...record })}\n`);
}

export function forgetStepRecord(root: string, step: string): void {
  removeStateFile(fileOf(root, step));
}

function fileOf(root: string, step: string): string {
  return join(pathsOf(root).state, 'setup', `${step}.json`);
}
