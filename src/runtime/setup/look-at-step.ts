import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStep } from '../../plan/plan.ts';
import type { StepFacts } from './judge-step.ts';
import { type Stamp, stampOf } from './stamp.ts';
import { definitionOf, readStepRecord } from './step-record.ts';

/**
 * The facts about a step whose inputs and outputs are named as they are, without patterns and folders to look through;
 * `undefined`: this one's are not. A few calls of the system a file: it stands on the way of every start.
 */
export function lookAtStep(root: string, step: RunStep): StepFacts | undefined {
  if (![...step.inputs, ...step.outputs].every(isPlain)) return undefined;
  const inputs = new Map<string, Stamp>();
  for (const file of step.inputs) {
    const stamp = stampOf(join(root, file));
    if (stamp === 'folder') return undefined;
    inputs.set(file, stamp);
  }
  return {
    definition: definitionOf(step),
    record: readStepRecord(root, step.name),
    missing: step.outputs.filter((output) => !existsSync(join(root, output))),
    inputs,
  };
}

/** Whether a glob can mean nothing but the file of that name. */
export function isPlain(glob: string): boolean {
  return !/[*?[\]{}()!]/.test(glob);
}
