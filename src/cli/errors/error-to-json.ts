import type { ErrorGroup } from '../../runtime/errors/group-errors.ts';

/** An error for programs. */
export function errorToJson({ firstAt, lastAt, ...error }: ErrorGroup) {
  return { ...error, firstAt: new Date(firstAt).toISOString(), lastAt: new Date(lastAt).toISOString() };
}
