import { amount, isoTime, listOf, nullable, object, oneOf, type ShapeOf, text } from '../../base/shape.ts';
import { identityShape } from '../../platform/identity-shape.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { pathsOf } from './paths.ts';
import { readStateFile, removeStateFile, writeStateFile } from './state-file.ts';

/** A coding agent, a terminal, a task or a page, by the process that it ends with. */
const callerFields = { name: text, identity: identityShape };
export const callerShape = object(callerFields);
/** `names`: of the services that it uses. */
const userFields = { ...callerFields, names: listOf(text) };
export const userShape = object(userFields);
const presentShape = object({ ...userFields, since: isoTime });

const shape = object({
  schemaVersion: oneOf(1),
  users: listOf(presentShape),
  /** When everything is stopped though it is used, so long after a start; `null`: it may run for ever. */
  ends: nullable(object({ at: isoTime, afterMs: amount })),
  /** How long it may be without use before everything is stopped; `null`: for ever. */
  idleStopMs: nullable(amount),
});

export interface Caller extends ShapeOf<typeof callerShape> {}
export interface User extends ShapeOf<typeof userShape> {}
export interface PresentUser extends ShapeOf<typeof presentShape> {}

/** `logs/.devgen/use.json`: who uses what runs, and until when it may. */
export type CheckoutUse = Omit<ShapeOf<typeof shape>, 'schemaVersion'>;

export const UNUSED: CheckoutUse = { users: [], ends: null, idleStopMs: null };

/** As it is at this moment: users whose process has ended are left out. */
export function readUse(root: string): CheckoutUse {
  const file = readStateFile(pathsOf(root).use, shape);
  if (!file.ok) return UNUSED;
  const { users, ends, idleStopMs } = file.value;
  return { users: users.filter(({ identity }) => isAlive(identity)), ends, idleStopMs };
}

export function writeUse(root: string, use: CheckoutUse): void {
  writeStateFile(pathsOf(root).use, `${JSON.stringify({ schemaVersion: 1, ...use })}\n`);
}

export function removeUse(root: string): void {
  removeStateFile(pathsOf(root).use);
}
