import type { Plan } from '../../src/plan/plan.ts';
import { planOf } from '../plan/plans.ts';
import { PORTS, type Schedule, SERVICES, type ServiceName } from './schedule.ts';

const START_TIMEOUT_MS = 1500;
/** So that the logs of a schedule are rotated. */
const LOG_LIMIT_BYTES = 2000;
export const MEMORY_LIMIT_BYTES = 100_000_000;

const DEPENDENCIES: Readonly<Record<ServiceName, readonly ServiceName[]>> = {
  db: [],
  api: ['db'],
  web: ['api'],
  cache: [],
};

const plans = new WeakMap<Schedule, Plan[]>();

/** The plan of one of the schedule's two configs. */
export function planOfSchedule(schedule: Schedule, config: 0 | 1): Plan {
  const known = plans.get(schedule) ?? [];
  plans.set(schedule, known);
  known[config] ??= compile(schedule, config);
  return known[config];
}

function compile(schedule: Schedule, config: 0 | 1): Plan {
  const services = SERVICES.map((name) => [name, serviceOf(name, schedule, config)] as const);
  const plan = planOf({ services: Object.fromEntries(services) });
  return { ...plan, logs: { ...plan.logs, maxBytes: LOG_LIMIT_BYTES } };
}

function serviceOf(name: ServiceName, { settings }: Schedule, config: 0 | 1) {
  const { policy, onUnhealthy, onConflict, fallback, hasBefore } = settings[name];
  const [dependency] = DEPENDENCIES[name];
  return {
    command: `serve-${name}`,
    port: { number: PORTS[name], fallback: fallback === 0 ? false : fallback },
    onConflict,
    health: { http: '/', period: '2s', timeout: '300ms', failureThreshold: 2, startTimeout: `${START_TIMEOUT_MS}ms` },
    restart: {
      policy,
      onUnhealthy,
      maxRestarts: 3,
      window: '10s',
      backoff: { initial: '100ms', max: '1s' },
      maxMemory: `${MEMORY_LIMIT_BYTES / 1_000_000}MB`,
    },
    stop: { grace: '400ms' },
    ...(hasBefore ? { before: `before-${name}` } : {}),
    ...(dependency === undefined ? {} : { dependsOn: [dependency] }),
    env: {
      CONFIG: String(config),
      ...(dependency === undefined ? {} : { UPSTREAM: `$${dependency.toUpperCase()}_URL` }),
    },
  };
}
