import { LAST_PORT } from '../../base/port-number.ts';
import {
  amount,
  flag,
  integer,
  integerBetween,
  isoTime,
  listOf,
  nullable,
  object,
  oneOf,
  type Shape,
  text,
  variant,
} from '../../base/shape.ts';
import type { ExitStatus, Failure, HealthReport, LeftProcess, PortHolder, SeenWhileStarting } from './lifecycle.ts';
import { conflictPolicyShape } from './service-plan-shape.ts';

export const portShape: Shape<number> = integerBetween(1, LAST_PORT);

const exitStatusShape: Shape<ExitStatus> = object({ code: nullable(integer), signal: nullable(text) });

const seenShape: Shape<SeenWhileStarting> = variant('kind', {
  'nothing-listens': {},
  'no-answer': { address: text },
  status: { url: text, status: integer },
  error: { message: text },
});

const holderShape: Shape<PortHolder> = object({
  // Pid 1 may well hold a port; what may be signalled is decided from the process table, never from here.
  pid: nullable(integer),
  command: nullable(text),
  user: nullable(text),
  cwd: nullable(text),
  relation: variant('kind', {
    'own-run': { service: text },
    'own-leftover': { service: text },
    'sibling-service': { service: text },
    'other-checkout': { root: text, branch: nullable(text), service: text },
    stranger: {},
    'container-engine': { container: nullable(text) },
    client: {},
    privileged: {},
    untouchable: {},
  }),
});

const leftShape: Shape<LeftProcess> = object({ pid: integer, command: text });
const lines = listOf(text);
const holders = listOf(holderShape);

export const failureShape: Shape<Failure> = variant('reason', {
  'command-not-found': { command: text, path: text },
  'spawn-failed': { code: text, message: text },
  'cwd-missing': { cwd: text },
  'before-failed': { command: text, exit: exitStatusShape, lastLines: lines },
  'wait-for-timeout': { resource: text, timeoutMs: amount },
  'dependency-failed': { dependency: text },
  exited: { exit: exitStatusShape, afterMs: amount, wasReady: flag, lastLines: lines },
  'ended-unseen': {},
  'start-timeout': { timeoutMs: amount, seen: seenShape, lastLines: lines },
  'port-conflict': { port: portShape, policy: conflictPolicyShape, holders, tried: listOf(portShape) },
  'port-invalid': { expression: text, value: text, source: text },
  'port-stolen': { port: portShape, holders },
  'crash-loop': { crashes: amount, windowMs: amount, exit: exitStatusShape, lastLines: lines },
  unhealthy: { failures: amount, seen: seenShape },
  'stop-incomplete': { left: listOf(leftShape), port: nullable(portShape) },
  'state-unwritable': { path: text, code: text },
  'environment-invalid': { variable: text, message: text },
  blocked: { by: text },
  'memory-exceeded': { bytes: amount, limitBytes: amount },
  'too-slow': { responseMs: amount, times: amount },
  cancelled: {},
});

export const healthReportShape: Shape<HealthReport> = object({
  verdict: oneOf('unknown', 'healthy', 'unhealthy'),
  checkedAt: nullable(isoTime),
  responseMs: nullable(amount),
  grade: nullable(oneOf('excellent', 'good', 'warning', 'critical')),
  failures: amount,
});
