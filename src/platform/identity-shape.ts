import { amount, integerBetween, object, text } from '../base/shape.ts';

/**
 * A pid that a state file may name. Never 0 or 1: a file that says so is wrong, and signalled it would mean the
 * reader's own group or everything the user has.
 */
export const pidShape = integerBetween(2, 2 ** 31 - 1);

/** Which process, beyond doubt: a pid alone is reused. */
export const identityShape = object({
  bootId: text,
  /** Inode of the pid namespace on Linux, empty elsewhere. */
  pidNamespace: text,
  pid: pidShape,
  /** In clock ticks since boot on Linux (proc(5), /proc/PID/stat field 22), in ms since the epoch elsewhere. */
  startTime: amount,
});
