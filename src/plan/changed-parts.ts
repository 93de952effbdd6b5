import { oneOf, type ShapeOf } from '../base/shape.ts';

/** In the order in which a fingerprint tells of them. */
const PARTS = ['config', 'envFile', '.env'] as const;

/** What a service is made of that may change while it runs. */
export const changedPartShape = oneOf(...PARTS);
export type ChangedPart = ShapeOf<typeof changedPartShape>;

/** What is another now than it was, by the fingerprints of then and now; empty: nothing, or nothing is known. */
export function changedParts(then: string | null, now: string | undefined): readonly ChangedPart[] {
  if (then === null || now === undefined) return [];
  const [before, after] = [then.split('.'), now.split('.')];
  const changed = PARTS.filter((_, index) => before[index] !== after[index]);
  // Which variables of `.env` it has is said by the config.
  return changed.includes('config') ? changed.filter((part) => part !== '.env') : changed;
}
