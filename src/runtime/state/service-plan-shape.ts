import {
  amount,
  dictionaryOf,
  flag,
  listOf,
  nullable,
  object,
  oneOf,
  type Shape,
  text,
  variant,
} from '../../base/shape.ts';
import type { ConflictPolicy, HealthPlan, PortPlan, ServicePlan } from '../../plan/plan.ts';
import { probeShape } from '../../plan/probe-plan.ts';

const port: Shape<PortPlan> = variant('kind', {
  none: {},
  auto: {},
  wanted: { expression: text, fallbackSpan: amount },
});

const health: Shape<HealthPlan> = object({
  probe: probeShape,
  initialDelayMs: amount,
  periodMs: amount,
  timeoutMs: amount,
  successThreshold: amount,
  failureThreshold: amount,
  startTimeoutMs: amount,
  slowMs: amount,
  criticalMs: amount,
});

export const conflictPolicyShape: Shape<ConflictPolicy> = oneOf('fallback', 'kill', 'ask', 'fail');

/** The plan by which a run was started, as its record keeps it. */
export const servicePlanShape: Shape<ServicePlan> = object({
  name: text,
  command: text,
  cwd: text,
  host: text,
  port,
  onConflict: object({ policy: conflictPolicyShape, graceMs: amount }),
  health,
  restart: object({
    policy: oneOf('always', 'on-failure', 'never'),
    maxRestarts: amount,
    windowMs: amount,
    backoff: object({ initialMs: amount, maxMs: amount }),
    onUnhealthy: flag,
    maxMemoryBytes: nullable(amount),
  }),
  stop: object({ signal: oneOf('SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGKILL'), graceMs: amount }),
  before: nullable(text),
  waitFor: listOf(text),
  dependsOn: listOf(text),
  dotenv: dictionaryOf(text),
  env: dictionaryOf(text),
});
