import { amount, dictionaryOf, object, oneOf } from '../../base/shape.ts';
import { pathsOf } from './paths.ts';
import { readStateFile, writeStateFile } from './state-file.ts';

const shape = object({ schemaVersion: oneOf(1), cursors: dictionaryOf(amount) });

/** Terminals come and go: those that asked last are kept. */
const MOST_CALLERS = 32;

/** Up to when a caller has been told what is in the logs, epoch ms; `null`: it has not been told anything. */
export function readCursor(root: string, caller: string): number | null {
  return new Map(cursorsOf(root)).get(caller) ?? null;
}

/** Without it the caller is told of the same once more: a full disk is no reason to fail. */
export function writeCursor(root: string, caller: string, at: number): void {
  const others = cursorsOf(root).filter(([name]) => name !== caller);
  const newest = [...others, [caller, at] as const].sort(([, one], [, other]) => other - one).slice(0, MOST_CALLERS);
  writeStateFile(
    pathsOf(root).cursors,
    `${JSON.stringify({ schemaVersion: 1, cursors: Object.fromEntries(newest) })}\n`,
  );
}

function cursorsOf(root: string): readonly (readonly [caller: string, at: number])[] {
  const file = readStateFile(pathsOf(root).cursors, shape);
  return file.ok ? Object.entries(file.value.cursors) : [];
}
