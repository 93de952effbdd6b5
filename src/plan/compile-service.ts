import type { EnvFiles } from '../config/env-files.ts';
import type { HealthConfig } from '../config/health-schema.ts';
import type { RestartOptions, ServiceConfig } from '../config/service-schema.ts';
import { composeCommand } from './compose-command.ts';
import {
  type ConflictPlan,
  type HealthPlan,
  type PortPlan,
  RESTART_CAUSES,
  type RestartCause,
  type RestartPlan,
  type RunPlan,
  type ServicePlan,
} from './plan.ts';
import { planPath } from './plan-path.ts';
import { compileProbe } from './probe-plan.ts';

/** One service with all defaults applied. */
export function compileService(name: string, service: ServiceConfig, envFiles: EnvFiles): ServicePlan {
  const runs = compileRun(service.container);
  const port = compilePort(service.port, runs);
  const ownEnvFiles = Object.hasOwn(envFiles.services, name) ? envFiles.services[name] : undefined;
  return {
    name,
    command: runs.kind === 'container' ? composeCommand(runs) : (service.command ?? '').trim(),
    runs,
    cwd: planPath(service.cwd),
    host: service.host ?? 'localhost',
    port,
    onConflict: compileConflict(service.onConflict),
    health: compileHealth(service.health, { port, runs }),
    restart: compileRestart(service.restart, runs),
    stop: { signal: service.stop?.signal ?? 'SIGTERM', graceMs: service.stop?.grace ?? 10_000 },
    nice: service.nice ?? 0,
    before: service.before?.trim() ?? null,
    waitFor: service.waitFor ?? [],
    dependsOn: service.dependsOn ?? [],
    envFiles: ownEnvFiles?.paths ?? [],
    dotenv: ownEnvFiles?.variables ?? {},
    env: service.env ?? {},
    docs: service.docs ?? null,
    open: service.open ?? false,
  };
}

function compileRun(container: ServiceConfig['container']): RunPlan {
  if (container === undefined) return { kind: 'process' };
  const { service, file = [] } = typeof container === 'string' ? { service: container } : container;
  return { kind: 'container', files: typeof file === 'string' ? [file] : file, service };
}

function compileConflict(written: ServiceConfig['onConflict']): ConflictPlan {
  const { policy = 'fallback', grace = 5000 } = typeof written === 'string' ? { policy: written } : (written ?? {});
  return { policy, graceMs: grace };
}

const FALLBACK_SPAN = 10;

/** A container publishes its port whatever it is told, so it has no other one to fall back to. */
function compilePort(port: ServiceConfig['port'], { kind }: RunPlan): PortPlan {
  if (port === undefined) return { kind: 'none' };
  const { number, fallback = FALLBACK_SPAN } = typeof port === 'object' ? port : { number: port };
  if (number === 'auto') return { kind: 'auto' };
  return {
    kind: 'wanted',
    expression: String(number),
    fallbackSpan: fallback === false || kind === 'container' ? 0 : fallback,
  };
}

function compileHealth(
  written: ServiceConfig['health'],
  { port, runs }: Pick<ServicePlan, 'port' | 'runs'>,
): HealthPlan {
  const health: HealthConfig = typeof written === 'string' ? { http: written } : (written ?? {});
  return {
    probe: compileProbe(health, runs.kind === 'container' ? 'image' : port.kind === 'none' ? 'process' : 'any-answer'),
    initialDelayMs: health.initialDelay ?? 0,
    periodMs: health.period ?? 10_000,
    // Probes fill the log of a server; a period of the user's own is kept to.
    calmPeriodMs: health.period ?? 60_000,
    timeoutMs: health.timeout ?? 5_000,
    successThreshold: health.successThreshold ?? 1,
    failureThreshold: health.failureThreshold ?? 3,
    startTimeoutMs: health.startTimeout ?? 60_000,
    slowMs: health.slow ?? 500,
    criticalMs: health.critical ?? 2_000,
  };
}

/** A container is restarted by its engine, as `restart` of its compose file says. */
function compileRestart(written: ServiceConfig['restart'], { kind }: RunPlan): RestartPlan {
  const restart = typeof written === 'string' ? { policy: written } : (written ?? {});
  const policy = restart.policy ?? (kind === 'container' ? 'never' : 'on-failure');
  return {
    policy: restart.on?.includes('crash') === false ? 'never' : policy,
    maxRestarts: restart.maxRestarts ?? 5,
    windowMs: restart.window ?? 60_000,
    backoff: { initialMs: restart.backoff?.initial ?? 1_000, maxMs: restart.backoff?.max ?? 30_000 },
    on: policy === 'never' && restart.on === undefined ? [] : causesOf(restart),
    maxMemoryBytes: restart.maxMemory ?? null,
  };
}

/** A limit of memory that is set is meant. */
function causesOf({ on, onUnhealthy = false }: RestartOptions): readonly RestartCause[] {
  if (on !== undefined) return RESTART_CAUSES.filter((cause) => on.includes(cause));
  return onUnhealthy ? RESTART_CAUSES : ['memory'];
}
