import { setImmediate } from 'node:timers/promises';
import { type ProcessEntry, type ProcessMarks, readMarksOf, readProcessTable } from '../../platform/process-table.ts';

/** Processes of this machine, and what those that live carry. */
export interface Processes {
  readonly table: readonly ProcessEntry[];
  readonly marks: ReadonlyMap<number, ProcessMarks>;
}

let next: Promise<Processes> | undefined;

/**
 * A look at all processes that begins after this call, one for all that ask in the same turn of the event loop: a
 * hundred runs that end together are looked at as often as one. What is done at once when it resolves is done in the
 * turn in which it was taken.
 */
export function lookAtProcesses(): Promise<Processes> {
  next ??= setImmediate().then(() => {
    next = undefined;
    return withMarks(readProcessTable());
  });
  return next;
}

export function withMarks(table: readonly ProcessEntry[]): Processes {
  return { table, marks: readMarksOf(table.filter(({ state }) => state !== 'zombie').map(({ pid }) => pid)) };
}
