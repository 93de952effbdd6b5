import type { ServicePlan } from '../../src/plan/plan.ts';

/** A complete service with the defaults of the config. */
export function servicePlan(over: Partial<ServicePlan> = {}): ServicePlan {
  return {
    name: 'backend',
    command: 'node server.js',
    cwd: '.',
    host: 'localhost',
    port: { kind: 'wanted', expression: '8000', fallbackSpan: 10 },
    onConflict: 'fallback',
    health: {
      probe: { kind: 'any-answer' },
      initialDelayMs: 0,
      periodMs: 10_000,
      timeoutMs: 5000,
      successThreshold: 1,
      failureThreshold: 3,
      startTimeoutMs: 60_000,
      slowMs: 500,
      criticalMs: 2000,
    },
    restart: {
      policy: 'on-failure',
      maxRestarts: 5,
      windowMs: 60_000,
      backoff: { initialMs: 1000, maxMs: 30_000 },
      onUnhealthy: false,
      maxMemoryBytes: null,
    },
    stop: { signal: 'SIGTERM', graceMs: 10_000 },
    before: null,
    waitFor: [],
    dependsOn: [],
    dotenv: {},
    env: {},
    ...over,
  };
}
