import { LAST_PORT } from '../../base/port-number.ts';
import {
  amount,
  boolean,
  elapsedMs,
  integer,
  integerBetween,
  isoTime,
  listOf,
  nullable,
  object,
  oneOf,
  type ShapeOf,
  text,
  variant,
} from '../../base/shape.ts';
import { conflictPolicyShape } from '../../plan/plan.ts';
import { containerEngineShape } from './container-run.ts';

export const portShape = integerBetween(1, LAST_PORT);

/** What the user asked for. */
export const wantedShape = oneOf('up', 'down');

/** What is the case. */
export const serviceStateShape = oneOf('down', 'starting', 'ready', 'unhealthy', 'stopping', 'backing-off', 'failed');

/** How a process ended. Both `null`: it ended while no process of ours was its parent. */
export const exitFields = { code: nullable(integer), signal: nullable(text) };
export const exitStatusShape = object(exitFields);

const relation = variant('kind', {
  'own-run': { service: text },
  'own-leftover': { service: text },
  'sibling-service': { service: text },
  'other-checkout': { root: text, branch: nullable(text), service: text },
  /** `resembles`: the service of this checkout that it looks like, started by hand; `null`: none. */
  stranger: { resembles: nullable(text) },
  /** Docker's or Podman's own process, which forwards the port to a container; `null`: it is not known to which. */
  'container-engine': { container: nullable(text) },
  /** It does not listen: the port is the near end of its connection to somewhere else. */
  client: {},
  /** No process: the system keeps the port for users with privileges. */
  privileged: {},
  /** Another user's process, or one the system hides. */
  untouchable: {},
});

/** One process that has a port, as far as the system lets us see it. */
export const portHolderShape = object({
  /**
   * `null`: the system does not tell (another user's, another namespace's, bound but not listening).
   * Pid 1 may well hold a port; what may be signalled is decided from the process table, never from here.
   */
  pid: nullable(integer),
  command: nullable(text),
  user: nullable(text),
  cwd: nullable(text),
  relation,
});

/** The last thing a readiness probe saw. */
export const seenShape = variant('kind', {
  'nothing-listens': {},
  'no-answer': { address: text },
  status: { url: text, status: integer },
  error: { message: text },
});

export const leftProcessShape = object({ pid: integer, command: text });

const exit = exitStatusShape;
const lastLines = listOf(text);
const holders = listOf(portHolderShape);

/** What mends the error in a program's output; places are `FILE:LINE`, folders and files relative to the root. */
export const remedyShape = variant('kind', {
  install: { module: text, command: text, folder: text },
  /** It listens on a port of its own choice, which is taken; `place`: where that stands. */
  'use-port': { port: portShape, place: nullable(text) },
  mend: { error: text, place: text },
});
const remedy = nullable(remedyShape);

/** Why a start, a run or a stop failed; the sentence is made in `cli/`. */
export const failureShape = variant('reason', {
  'command-not-found': { command: text, path: text, remedy },
  'spawn-failed': { code: text, message: text },
  'cwd-missing': { cwd: text },
  'before-failed': { command: text, exit, lastLines },
  'before-timeout': { command: text, timeoutMs: amount, lastLines },
  'wait-for-timeout': { resource: text, timeoutMs: amount },
  'dependency-failed': { dependency: text },
  exited: { exit, afterMs: elapsedMs, wasReady: boolean, lastLines, remedy },
  /** It ended while no supervisor lived to see it. */
  'ended-unseen': {},
  'start-timeout': { timeoutMs: amount, seen: seenShape, lastLines, remedy },
  'port-conflict': { port: portShape, policy: conflictPolicyShape, holders, tried: listOf(portShape) },
  'port-invalid': { expression: text, value: text, source: text },
  'port-stolen': { port: portShape, holders },
  'crash-loop': { crashes: amount, windowMs: amount, exit, lastLines },
  unhealthy: { failures: amount, seen: seenShape },
  /** It was ready and lives, and its port is closed: a reloader over broken code, or one at work. */
  'not-listening': { port: portShape, lastLines, remedy },
  'stop-incomplete': { left: listOf(leftProcessShape), port: nullable(portShape) },
  'state-unwritable': { path: text, code: text },
  /** The record of a run is there, and nothing can be told from it. */
  'record-unreadable': { path: text, because: oneOf('denied', 'damaged'), owner: text },
  /** A definition that its environment is made of cannot be had, such as `${KEY:?message}` of an unset `KEY`. */
  'environment-invalid': { variable: text, message: text },
  /** The command that asks for its start is, or comes from, its own. */
  'starts-itself': { command: text },
  /** What `health` or `waitFor` says is no address, once its variables have their values. */
  'address-invalid': { key: oneOf('health', 'waitFor'), written: text },
  /** Another service of the same start cannot be started, so none is. */
  blocked: { by: text },
  /** Resident bytes of the whole tree. */
  'memory-exceeded': { bytes: amount, limitBytes: amount },
  /** Critical response times in a row. */
  'too-slow': { responseMs: amount, times: amount },
  /** None of the programs that understand compose files is installed. */
  'compose-missing': {},
  /** `message`: in its client's own words. */
  'engine-down': { engine: containerEngineShape, message: text },
  'compose-failed': { command: text, exit, lastLines },
  /** Compose would wait for it for ever: it is no file, or a pipe that nothing is written into. */
  'compose-file-unreadable': { path: text, because: oneOf('no-file', 'nothing-written') },
  cancelled: {},
});

export const healthFields = {
  verdict: oneOf('unknown', 'healthy', 'unhealthy'),
  /** `null`: never. */
  checkedAt: nullable(isoTime),
  responseMs: nullable(amount),
  grade: nullable(oneOf('excellent', 'good', 'warning', 'critical')),
  /** Failed probes in a row. */
  failures: amount,
};
export const healthReportShape = object(healthFields);

export type Wanted = ShapeOf<typeof wantedShape>;
export type ServiceState = ShapeOf<typeof serviceStateShape>;
export interface ExitStatus extends ShapeOf<typeof exitStatusShape> {}
export interface PortHolder extends ShapeOf<typeof portHolderShape> {}
export type HolderRelation = ShapeOf<typeof relation>;
export type SeenWhileStarting = ShapeOf<typeof seenShape>;
export interface LeftProcess extends ShapeOf<typeof leftProcessShape> {}
export type Remedy = ShapeOf<typeof remedyShape>;
export type Failure = ShapeOf<typeof failureShape>;
export interface HealthReport extends ShapeOf<typeof healthReportShape> {}
export type ResponseGrade = NonNullable<HealthReport['grade']>;
