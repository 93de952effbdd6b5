import type { ErrorGroup } from '../../runtime/errors/group-errors.ts';
import { tellingLines } from './telling-lines.ts';

/** `telling`: without the calls within other people's code. */
export type ErrorLines = 'all' | 'telling';

/** Errors for programs, those that matter most first: what is not mended, and of that the newest. */
export function errorDocuments(errors: readonly ErrorGroup[], lines: ErrorLines) {
  return errors
    .toSorted((one, other) => Number(one.isMended) - Number(other.isMended) || other.lastAt - one.lastAt)
    .map(({ firstAt, lastAt, ...error }) => ({
      ...error,
      lines: lines === 'all' ? error.lines : tellingLines(error.lines),
      firstAt: new Date(firstAt).toISOString(),
      lastAt: new Date(lastAt).toISOString(),
    }));
}
