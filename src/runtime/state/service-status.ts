import { amount, elapsedMs, isoTime, listOf, nullable, object, oneOf, type ShapeOf, text } from '../../base/shape.ts';
import { heldSocketShape } from '../../platform/held-socket.ts';
import { identityShape, pidShape } from '../../platform/identity-shape.ts';
import { exitFields, failureShape, healthReportShape, portShape, serviceStateShape, wantedShape } from './lifecycle.ts';
import { runIdShape } from './run-record.ts';

export const statusFields = {
  schemaVersion: oneOf(1),
  service: text,
  state: serviceStateShape,
  wanted: wantedShape,
  /** The root process of the current run; `null`: none runs. */
  pid: nullable(pidShape),
  identity: nullable(identityShape),
  /** Id of the current or last run. */
  run: nullable(runIdShape),
  command: text,
  cwd: text,
  /** The port it really has; `null`: none, or not running. */
  port: nullable(portShape),
  wantedPort: nullable(portShape),
  /** By which it was seen to have that port; empty: not looked at, or this system does not tell. */
  sockets: listOf(heldSocketShape),
  url: nullable(text),
  /** As the plan had it at the start of the run: what changed since then. */
  fingerprint: nullable(text),
  startedAt: nullable(isoTime),
  readyAt: nullable(isoTime),
  startupMs: nullable(elapsedMs),
  /** Automatic restarts since the user last started it. */
  restarts: amount,
  lastExit: nullable(object({ ...exitFields, at: isoTime })),
  /** Why and when it was last restarted without being asked; `null`: not since the user last started it. */
  lastRestart: nullable(object({ at: isoTime, failure: failureShape })),
  failure: nullable(failureShape),
  health: healthReportShape,
  /** When a probe last found it healthy, in whichever run; `null`: not known. */
  lastHealthyAt: nullable(isoTime),
  /** Relative to the project root. */
  log: text,
  supervisor: nullable(identityShape),
};

/**
 * What is known of one service, replaced atomically at each change. No secrets. `logs/NAME_status.json`, the copy for
 * other tools, is as it was at the last change that lasted.
 */
export const serviceStatusShape = object(statusFields);

export interface ServiceStatus extends ShapeOf<typeof serviceStatusShape> {}
