import { amount, dictionaryOf, object, oneOf } from '../../base/shape.ts';
import { pathsOf } from './paths.ts';
import { readStateFile, writeStateFile } from './state-file.ts';

const shape = object({ schemaVersion: oneOf(2), cursors: dictionaryOf(amount) });

/** Of callers and services. Terminals come and go: those that were told last are kept. */
const MOST_CURSORS = 256;

/** What a caller has been told of the log of each service, up to when; epoch ms, `null`: nothing yet. */
export function readCursors(root: string, caller: string): (service: string) => number | null {
  const cursors = new Map(cursorsOf(root));
  return (service) => cursors.get(keyOf(caller, service)) ?? null;
}

/** Without it the caller is told of the same once more: a full disk is no reason to fail. */
export function writeCursors(root: string, caller: string, at: Readonly<Record<string, number>>): void {
  const own = Object.entries(at).map(([service, moment]) => [keyOf(caller, service), moment] as const);
  const others = new Map([...cursorsOf(root), ...own]);
  const newest = [...others].sort(([, one], [, other]) => other - one).slice(0, MOST_CURSORS);
  writeStateFile(
    pathsOf(root).cursors,
    `${JSON.stringify({ schemaVersion: 2, cursors: Object.fromEntries(newest) })}\n`,
  );
}

/** No service's name has a space. */
function keyOf(caller: string, service: string): string {
  return `${service} ${caller}`;
}

function cursorsOf(root: string): readonly (readonly [key: string, at: number])[] {
  const file = readStateFile(pathsOf(root).cursors, shape);
  return file.ok ? Object.entries(file.value.cursors) : [];
}
