import { join } from 'node:path';
import type { SourcePlace } from './error-row.ts';
import type { LoggedError, LogText } from './find-errors.ts';
import { placesInRepository } from './places-in-repository.ts';

/** One error that a service printed once or more often. */
export interface ErrorGroup {
  readonly service: string;
  readonly tool: string;
  readonly kind: string;
  readonly message: string;
  /** In the repository, its file relative to the root; `null`: no place there is named. */
  readonly place: SourcePlace | null;
  /** Places in the repository, where it was thrown first, its callers after it. */
  readonly frames: readonly SourcePlace[];
  readonly count: number;
  /** Epoch ms by which it was printed first and last. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** As it was printed last. */
  readonly lines: readonly string[];
  /** Whether the service has answered well since, and something has changed that may have mended it. */
  readonly isMended: boolean;
}

/** What is known about the service whose log it is. */
export interface ErrorSource {
  readonly service: string;
  /** The repository, absolute. */
  readonly root: string;
  /** Where its command runs, absolute: relative places count from there. */
  readonly cwd: string;
  /** When a file was changed, by its absolute path; epoch ms, `null`: there is no such file. */
  changedAt(file: string): number | null;
  /** When it began anew, as a run; epoch ms. */
  readonly begunAt: readonly number[];
  /** The lines in which its reloader says that it begins anew. */
  readonly reactions: readonly LogText[];
  /** When it was last seen to answer well; epoch ms, `null`: never. */
  readonly wellAt: number | null;
  /** When any source in the repository was changed last; epoch ms, `null`: there is none. */
  readonly lastChangeAt: number | null;
}

/** The same error of the same place is one, however often it was printed; the newest goes last. */
export function groupErrors(errors: readonly LoggedError[], source: ErrorSource): readonly ErrorGroup[] {
  const groups = new Map<string, ErrorGroup>();
  for (const error of errors) {
    const frames = placesInRepository(error.places, {
      ...source,
      folder: source.cwd,
      exists: (file) => source.changedAt(file) !== null,
    });
    const place = frames[0] ?? null;
    const key = JSON.stringify([error.kind, error.message, place?.file, place?.line]);
    const before = groups.get(key);
    const { at } = error.line;
    groups.delete(key);
    groups.set(key, {
      service: source.service,
      tool: error.tool,
      kind: error.kind,
      message: error.message,
      place,
      frames,
      count: (before?.count ?? 0) + 1,
      firstAt: before?.firstAt ?? at,
      lastAt: at,
      lines: error.lines,
      isMended: isMended(error.line, place, source),
    });
  }
  return [...groups.values()];
}

/**
 * A server answers well in many places while one is broken: after a change or a new start it has to have done so. The
 * change may be to any file: what throws is seldom what is wrong, and what is missing has no place at all.
 */
function isMended({ at, order }: LogText, place: SourcePlace | null, source: ErrorSource): boolean {
  const { root, changedAt, begunAt, reactions, wellAt, lastChangeAt } = source;
  if (wellAt === null) return false;
  const placeChangedAt = place === null ? null : changedAt(join(root, place.file));
  // What was written while no supervisor noted the times has one time; what stands below it came later all the same.
  if (reactions.some((line) => line.order > order && wellAt >= line.at)) return true;
  return [...begunAt, lastChangeAt, placeChangedAt].some((since) => since !== null && since > at && wellAt >= since);
}
