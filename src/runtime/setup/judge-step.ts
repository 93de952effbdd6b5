import type { Stamp } from './stamp.ts';
import type { StepRecord } from './step-record.ts';

/** What is known of a step without reading a file's content. */
export interface StepFacts {
  readonly definition: string;
  readonly record: StepRecord | null;
  /** The outputs that are not there. */
  readonly missing: readonly string[];
  /** Every file that the inputs mean now. */
  readonly inputs: ReadonlyMap<string, Stamp>;
}

export type StaleReason =
  | { readonly kind: 'output-missing' | 'input-changed'; readonly path: string }
  /** It has not succeeded in this checkout yet, or what it does was changed. */
  | { readonly kind: 'first-time' | 'redefined' | 'forced' };

export type StepVerdict =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'stale'; readonly reason: StaleReason }
  /** Only the content of these files tells. */
  | { readonly kind: 'doubtful'; readonly files: readonly string[] };

/** Whether a step has to run, by the stamps of its inputs. Pure. */
export function judgeStep({ definition, record, missing, inputs }: StepFacts): StepVerdict {
  const lost = missing.find((output) => record?.unmade.includes(output) !== true);
  if (lost !== undefined) return stale({ kind: 'output-missing', path: lost });
  if (record === null) return stale({ kind: 'first-time' });
  if (record.definition !== definition) return stale({ kind: 'redefined' });
  const before = new Map(record.inputs.map(({ file, stamp }) => [file, stamp]));
  const added = [...inputs.keys()].find((file) => !before.has(file));
  const removed = [...before.keys()].find((file) => !inputs.has(file));
  const other = added ?? removed;
  if (other !== undefined) return stale({ kind: 'input-changed', path: other });
  const moved = [...inputs].filter(([file, stamp]) => before.get(file) !== stamp).map(([file]) => file);
  return moved.length === 0 ? { kind: 'fresh' } : { kind: 'doubtful', files: moved };
}

/** The verdict once the doubtful files were read. Pure. */
export function judgeContents(record: StepRecord, hashes: ReadonlyMap<string, string | null>): StepVerdict {
  const changed = record.inputs.find(({ file, hash }) => hashes.has(file) && hashes.get(file) !== hash);
  return changed === undefined ? { kind: 'fresh' } : stale({ kind: 'input-changed', path: changed.file });
}

function stale(reason: StaleReason): StepVerdict {
  return { kind: 'stale', reason };
}
