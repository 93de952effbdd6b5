import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../base/parse-shape.ts';
import { matching, nullable, object, oneOf, text } from '../../base/shape.ts';
import { acquireLock, acquireLockWaiting } from '../../platform/checkout-lock.ts';
import { errorCode } from '../../platform/error-code.ts';
import { identityShape } from '../../platform/identity-shape.ts';
import { listenersByPort } from '../../platform/listeners.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from '../../platform/process-identity.ts';
import { readMarksOf, readProcessTable, showsMarks } from '../../platform/process-table.ts';
import { readRegularText } from '../../platform/regular-file.ts';
import { runIdsOf } from '../../platform/run-marks.ts';
import { userRuntimeDirectory } from '../../platform/runtime-directory.ts';
import { writeFileAtomic } from '../../platform/write-file-atomic.ts';

const LOCK_NAME = 'ports';
/** Far longer than any decision takes: only a stopped process keeps the lock so long. */
const LOCK_TIMEOUT_MS = 10_000;

/** A claim on a port, seen by all of this user's checkouts, from before it is bound until its run has ended. */
export interface Reservation {
  readonly root: string;
  readonly service: string;
  /** Id of the run that has the port, 32 hexadecimal digits; `null`: the port is assigned to a run to come. */
  readonly run: string | null;
  /** Keeps the claim, which lapses with this process. */
  readonly supervisor: ProcessIdentity;
  readonly branch: string | null;
  /** The git folder that its worktrees share; `null`: none. Tells what it was when it is gone. */
  readonly repository: string | null;
}

/** A reservation as it lies in the registry, whether or not its owner still lives. */
export interface RegisteredPort extends Reservation {
  readonly port: number;
}

const shape = object({
  schemaVersion: oneOf(1),
  root: text,
  service: text,
  run: nullable(matching(/^[0-9a-f]{32}$/)),
  supervisor: identityShape,
  branch: nullable(text),
  repository: nullable(text),
});

/**
 * Runs `action` while no other devgen of this user chooses ports. Two that look at once would disturb one another:
 * the test whether a port can be bound makes it busy for a moment.
 * When the lock cannot be had in time the action runs without it: the check of ownership after the start still holds.
 */
export async function withPortsLocked<Value>(action: () => Promise<Value>): Promise<Value> {
  const directory = registry();
  makeFolder(directory);
  const lock = await acquireLockWaiting(LOCK_NAME, directory, LOCK_TIMEOUT_MS);
  try {
    return await action();
  } finally {
    await lock?.release();
  }
}

/**
 * Claims a port for a checkout, in place of its own earlier claim; under the lock, unless the port is its own already.
 * `false`: another living checkout has a claim on it, which stays. Throws what the file system throws.
 */
export function reserve(port: number, owner: Reservation): boolean {
  const present = reservationOf(port);
  if (present !== undefined && present.root !== owner.root) return false;
  makeFolder(registry());
  writeFileAtomic(fileOf(port), `${JSON.stringify({ schemaVersion: 1, ...owner })}\n`);
  return true;
}

/** Gives up the claim that a checkout has for this run; any other claim on the port stays. */
export function release(port: number, { root, run }: Pick<Reservation, 'root' | 'run'>): void {
  const present = read(port);
  if (present?.root === root && present.run === run) rmSync(fileOf(port), { force: true });
}

/** The same as housekeeping, which waits for no other devgen. */
export async function tidyClaims(): Promise<void> {
  const lock = await acquireLock(LOCK_NAME, registry());
  if (lock === undefined) return;
  try {
    removeDeadClaims();
  } finally {
    await lock.release();
  }
}

/** For certain: nothing is known of another container's processes. */
function isDead(supervisor: ProcessIdentity): boolean {
  const { bootId, pidNamespace } = ownIdentity();
  if (supervisor.bootId !== bootId) return true;
  return supervisor.pidNamespace === pidNamespace && !isAlive(supervisor);
}

/**
 * Removes what supervisors that were killed have left, but for the claims of runs of which processes live, or whose
 * port is open: those tell whose it is. Under the lock. Costs a look at all processes.
 */
function removeDeadClaims(): void {
  const dead = registeredPorts().filter(({ supervisor }) => isDead(supervisor));
  if (dead.length === 0 || !showsMarks) return;
  const marks = readMarksOf(readProcessTable().map(({ pid }) => pid));
  const living = new Set([...marks.values()].flatMap(({ environmentKeys }) => runIdsOf(environmentKeys)));
  const open = listenersByPort();
  for (const { port, run } of dead) {
    if (!open.has(port) && (run === null || !living.has(run))) rmSync(fileOf(port), { force: true });
  }
}

/** The claim on the port; `undefined`: none, or one whose supervisor is dead. */
function reservationOf(port: number): Reservation | undefined {
  const reservation = read(port);
  return reservation !== undefined && isAlive(reservation.supervisor) ? reservation : undefined;
}

/** Those that count: their supervisor lives. */
export function reservedPorts(): readonly RegisteredPort[] {
  return registeredPorts().filter(({ supervisor }) => isAlive(supervisor));
}

/** All of them, those of dead owners too: what tells whose run a process belongs to. */
export function registeredPorts(): readonly RegisteredPort[] {
  let names: string[];
  try {
    names = readdirSync(registry());
  } catch {
    return []; // No devgen of this user ever reserved a port.
  }
  const registered: RegisteredPort[] = [];
  for (const name of names) {
    const port = Number(/^(\d+)\.json$/.exec(name)?.[1]);
    const reservation = Number.isNaN(port) ? undefined : read(port);
    if (reservation !== undefined) registered.push({ port, ...reservation });
  }
  return registered;
}

/** A file that is missing or damaged is no claim. */
function read(port: number): Reservation | undefined {
  let json: string;
  try {
    json = readRegularText(fileOf(port));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
  const file = parseJson(json, shape);
  if (file === undefined) return undefined;
  const { schemaVersion: _, ...reservation } = file;
  return reservation;
}

function fileOf(port: number): string {
  return join(registry(), `${port}.json`);
}

/** Looked for anew after this: to find that the folder is there, and this user's alone, takes as long as a claim. */
const KNOWN_MS = 1000;
let known: { readonly given: string | undefined; readonly path: string; readonly atMs: number } | undefined;

function registry(): string {
  const given = process.env.XDG_RUNTIME_DIR;
  const atMs = performance.now();
  if (known === undefined || known.given !== given || atMs - known.atMs > KNOWN_MS) {
    known = { given, path: join(userRuntimeDirectory(), 'ports'), atMs };
  }
  return known.path;
}
