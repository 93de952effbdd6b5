import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { RunStep } from '../../plan/plan.ts';
import { errorCode } from '../../platform/error-code.ts';
import { hashFile } from '../../platform/hash-file.ts';
import { pathsOf } from '../state/paths.ts';
import { allExist, findFiles } from '../tasks/find-files.ts';
import type { UnreadableInput } from '../tasks/fingerprint.ts';
import { judgeContents, judgeStep, type StepFacts, type StepVerdict } from './judge-step.ts';
import { isPlain, lookAtStep } from './look-at-step.ts';
import { type Stamp, stampOf, trustedStamp, UNTRUSTED } from './stamp.ts';
import { definitionOf, type RecordedInput, readStepRecord, type StepRecord, writeStepRecord } from './step-record.ts';

export type Settled = Exclude<StepVerdict, { readonly kind: 'doubtful' }>;

/**
 * Whether a step has to run: by the stamps of its inputs and, where those are not as they were, by what the files hold.
 * Files that were only touched are remembered as they are now.
 */
export function surveyStep(root: string, step: RunStep): Result<Settled, UnreadableInput> {
  const facts = factsOf(root, step);
  const verdict = judgeStep(facts);
  if (verdict.kind !== 'doubtful') return ok(verdict);
  const { record } = facts;
  if (record === null) throw new Error('a step without a record cannot be in doubt');
  const hashes = hashesOf(root, verdict.files);
  if (!hashes.ok) return hashes;
  const settled = judgeContents(record, hashes.value);
  if (settled.kind === 'doubtful') throw new Error('what was read is no longer in doubt');
  if (settled.kind === 'fresh') writeStepRecord(root, step.name, restamped(record, facts));
  return ok(settled);
}

/** A step that has just succeeded, with its inputs as they are now, read through. */
export function recordOf(root: string, step: RunStep): Result<StepRecord, UnreadableInput> {
  const { definition, inputs, missing } = factsOf(root, step);
  const hashes = hashesOf(root, [...inputs.keys()]);
  if (!hashes.ok) return hashes;
  const nowMs = Date.now();
  const recorded = [...inputs].map(([file, stamp]): RecordedInput => {
    return { file, stamp: trustedStamp(stamp, nowMs), hash: hashes.value.get(file) ?? null };
  });
  return ok({ definition, inputs: recorded, unmade: missing });
}

function factsOf(root: string, step: RunStep): StepFacts {
  return lookAtStep(root, step) ?? lookThrough(root, step);
}

function lookThrough(root: string, step: RunStep): StepFacts {
  const search = { directory: root, ignored: pathsOf(root).logs };
  const found = findFiles({ ...search, globs: step.inputs });
  const absent = step.inputs.filter((glob) => isPlain(glob) && !existsSync(join(root, glob)));
  return {
    definition: definitionOf(step),
    record: readStepRecord(root, step.name),
    missing: step.outputs.filter((output) => !isMade(root, output)),
    inputs: new Map([...found, ...absent].map((file) => [file, fileStamp(join(root, file))])),
  };
}

function isMade(root: string, output: string): boolean {
  if (isPlain(output)) return existsSync(join(root, output));
  return allExist({ directory: root, globs: [output], ignored: pathsOf(root).logs });
}

function fileStamp(path: string): Stamp {
  const stamp = stampOf(path);
  return stamp === 'folder' ? UNTRUSTED : stamp;
}

function hashesOf(root: string, files: readonly string[]): Result<ReadonlyMap<string, string | null>, UnreadableInput> {
  const hashes = new Map<string, string | null>();
  for (const file of files) {
    try {
      hashes.set(file, hashFile(join(root, file)));
    } catch (thrown) {
      const code = errorCode(thrown);
      if (code === undefined) throw thrown;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return err({ file, code });
      hashes.set(file, null);
    }
  }
  return ok(hashes);
}

function restamped(record: StepRecord, { inputs }: StepFacts): StepRecord {
  const nowMs = Date.now();
  const recorded = record.inputs.map((input) => ({
    ...input,
    stamp: trustedStamp(inputs.get(input.file) ?? null, nowMs),
  }));
  return { ...record, inputs: recorded };
}
