import type { EnvFiles } from '../config/env-files.ts';
import type { HealthConfig } from '../config/health-schema.ts';
import type { ServiceConfig } from '../config/service-schema.ts';
import type { ConflictPlan, HealthPlan, PortPlan, RestartPlan, ServicePlan } from './plan.ts';
import { planPath } from './plan-path.ts';
import { compileProbe } from './probe-plan.ts';

/** One service with all defaults applied. */
export function compileService(name: string, service: ServiceConfig, envFiles: EnvFiles): ServicePlan {
  const port = compilePort(service.port);
  return {
    name,
    command: service.command.trim(),
    cwd: planPath(service.cwd),
    host: service.host ?? 'localhost',
    port,
    onConflict: compileConflict(service.onConflict),
    health: compileHealth(service.health, port),
    restart: compileRestart(service.restart),
    stop: { signal: service.stop?.signal ?? 'SIGTERM', graceMs: service.stop?.grace ?? 10_000 },
    before: service.before?.trim() ?? null,
    waitFor: service.waitFor ?? [],
    dependsOn: service.dependsOn ?? [],
    dotenv: envFiles.services[name] ?? {},
    env: service.env ?? {},
  };
}

function compileConflict(written: ServiceConfig['onConflict']): ConflictPlan {
  const { policy = 'fallback', grace = 5000 } = typeof written === 'string' ? { policy: written } : (written ?? {});
  return { policy, graceMs: grace };
}

const FALLBACK_SPAN = 10;

function compilePort(port: ServiceConfig['port']): PortPlan {
  if (port === undefined) return { kind: 'none' };
  const { number, fallback = FALLBACK_SPAN } = typeof port === 'object' ? port : { number: port };
  if (number === 'auto') return { kind: 'auto' };
  return { kind: 'wanted', expression: String(number), fallbackSpan: fallback === false ? 0 : fallback };
}

function compileHealth(written: ServiceConfig['health'], port: PortPlan): HealthPlan {
  const health: HealthConfig = typeof written === 'string' ? { http: written } : (written ?? {});
  return {
    probe: compileProbe(health, port.kind === 'none' ? 'no-port' : 'port'),
    initialDelayMs: health.initialDelay ?? 0,
    periodMs: health.period ?? 10_000,
    timeoutMs: health.timeout ?? 5_000,
    successThreshold: health.successThreshold ?? 1,
    failureThreshold: health.failureThreshold ?? 3,
    startTimeoutMs: health.startTimeout ?? 60_000,
    slowMs: health.slow ?? 500,
    criticalMs: health.critical ?? 2_000,
  };
}

function compileRestart(written: ServiceConfig['restart']): RestartPlan {
  const restart = typeof written === 'string' ? { policy: written } : (written ?? {});
  return {
    policy: restart.policy ?? 'on-failure',
    maxRestarts: restart.maxRestarts ?? 5,
    windowMs: restart.window ?? 60_000,
    backoff: { initialMs: restart.backoff?.initial ?? 1_000, maxMs: restart.backoff?.max ?? 30_000 },
    onUnhealthy: restart.onUnhealthy ?? false,
    maxMemoryBytes: restart.maxMemory ?? null,
  };
}
