import { amount, integer, isoTime, matching, nullable, object, oneOf, type Shape, text } from '../../base/shape.ts';
import { identityShape, pidShape } from '../../platform/identity-shape.ts';
import { failureShape, healthReportShape, portShape } from './lifecycle-shapes.ts';
import type { ServiceStatus } from './service-status.ts';

/** 32 hexadecimal digits, so that an id may become part of a file name. */
export const runIdShape: Shape<string> = matching(/^[0-9a-f]{32}$/);

const fields: Shape<ServiceStatus> = object({
  schemaVersion: oneOf(1),
  service: text,
  state: oneOf('down', 'starting', 'ready', 'unhealthy', 'stopping', 'backing-off', 'failed'),
  wanted: oneOf('up', 'down'),
  pid: nullable(pidShape),
  identity: nullable(identityShape),
  run: nullable(runIdShape),
  command: text,
  cwd: text,
  port: nullable(portShape),
  wantedPort: nullable(portShape),
  url: nullable(text),
  startedAt: nullable(isoTime),
  readyAt: nullable(isoTime),
  startupMs: nullable(amount),
  restarts: amount,
  lastExit: nullable(object({ code: nullable(integer), signal: nullable(text), at: isoTime })),
  failure: nullable(failureShape),
  health: healthReportShape,
  log: text,
  supervisor: nullable(identityShape),
});

/** A status whose pid and identity name two processes was edited by hand and is none. */
export const statusShape: Shape<ServiceStatus> = (value) => {
  const status = fields(value);
  if (status?.identity != null && status.identity.pid !== status.pid) return undefined;
  return status;
};
