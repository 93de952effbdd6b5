import { amount, integerBetween, object, type Shape, text } from '../base/shape.ts';
import type { ProcessIdentity } from './process-identity.ts';

/**
 * A pid that a state file may name. Never 0 or 1: a file that says so is wrong, and signalled it would mean the
 * reader's own group or everything the user has.
 */
export const pidShape: Shape<number> = integerBetween(2, 2 ** 31 - 1);

export const identityShape: Shape<ProcessIdentity> = object({
  bootId: text,
  pidNamespace: text,
  pid: pidShape,
  startTime: amount,
});
