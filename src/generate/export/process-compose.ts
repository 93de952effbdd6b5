import type { RestartPlan, StopSignal } from '../../plan/plan.ts';
import * as common from './common-limits.ts';
import { dependenciesOf, type ExportedProject, type ExportedService } from './exported-project.ts';
import type { Exporter } from './exporter.ts';
import { given } from './given.ts';
import { healthTest } from './health-test.ts';
import {
  beforeStatements,
  commandStatement,
  computedStatements,
  envFileStatements,
  environmentStatements,
  probeStatements,
} from './start-script.ts';
import { renderYaml } from './yaml-text.ts';

const PATH = 'deploy/process-compose.yaml';

/** Source: process-compose's documentation, Configuration, and its JSON Schema. */
export const PROCESS_COMPOSE: Exporter = {
  summary: 'a process-compose.yaml, for another runner on one machine',
  place: PATH,
  network: 'one-machine',
  limits: {
    autoPort: common.FIXED_PORT,
    fallbackPort: common.NO_FALLBACK,
    addresses: null,
    loopback: null,
    curl: common.NEEDS_CURL,
    image: null,
    absolutePath: null,
    path: null,
    envFiles: common.ENV_FILES_AS_SHELL,
    missingVariables: common.missingVariables,
    controlCharacters: null,
    before: null,
    waitFor: common.NO_WAIT_FOR,
    dependencies: null,
    dependencyProbe: null,
    logProbe: 'readiness by a line of the log takes the pattern as it is written, not as a regular expression',
    anyAnswer: null,
    successThreshold: null,
    liveness: 'is stopped and restarted when it was unhealthy for as long as its start timeout, not sooner',
    keptUp: 'is stopped when it was unhealthy for as long as its start timeout',
    restartPolicy: null,
    backoff: 'every restart waits for the first back-off; it does not grow',
    crashLoop: 'restarts are counted without a window',
    memory: '`maxMemory` is left out',
    priority: '`nice` is left out',
    stopSignal: null,
    grace: null,
  },
  use: () => [`Use: process-compose up -f ${PATH}`],
  render: ({ project, headFor, useLines }) => {
    const processes = project.services.map((service) => [service.plan.name, processOf(service, project)] as const);
    const document = { version: '0.5', is_strict: true, processes: Object.fromEntries(processes) };
    return [{ path: PATH, text: literal(renderYaml([document], [...headFor(project.services), ...useLines])) }];
  },
};

const RESTART: Readonly<Record<RestartPlan['policy'], string>> = {
  always: 'always',
  'on-failure': 'on_failure',
  never: 'no',
};

/** Source: signal(7), the numbers that are the same on every system. */
const SIGNAL_NUMBERS: Readonly<Record<StopSignal, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGTERM: 15,
};

function processOf(service: ExportedService, project: ExportedProject): object {
  const { plan, environment } = service;
  const { probe } = plan.health;
  const { policy, backoff, maxRestarts } = plan.restart;
  const script = [
    ...envFileStatements(service),
    ...computedStatements(service),
    ...beforeStatements(service),
    commandStatement(service),
  ];
  const needed = dependenciesOf(service, project).map((other) => [other.plan.name, { condition: conditionFor(other) }]);
  return given({
    command: script.join('\n'),
    working_dir: plan.cwd,
    environment: Object.entries(environment.fixed).map(([name, value]) => `${name}=${value}`),
    depends_on: needed.length === 0 ? undefined : Object.fromEntries(needed),
    availability: {
      restart: maxRestarts === 0 ? 'no' : RESTART[policy],
      backoff_seconds: seconds(backoff.initialMs),
      max_restarts: maxRestarts,
    },
    readiness_probe: probeOf(service),
    ready_log_line: probe.kind === 'log' ? probe.pattern : undefined,
    shutdown: { signal: SIGNAL_NUMBERS[plan.stop.signal], timeout_seconds: seconds(plan.stop.graceMs) },
  });
}

function conditionFor(service: ExportedService): string {
  if (service.plan.health.probe.kind === 'log') return 'process_log_ready';
  return healthTest(service) === null ? 'process_started' : 'process_healthy';
}

/**
 * A probe's command has nothing of the service's environment. A process whose probe fails as often as the threshold
 * says is stopped, also while it starts.
 */
function probeOf(service: ExportedService): object | undefined {
  const { health } = service.plan;
  const period = seconds(health.periodMs);
  const statements = probeStatements(service, environmentStatements(service));
  if (statements === null) return undefined;
  return {
    exec: { command: statements.join('\n') },
    initial_delay_seconds: Math.ceil(health.initialDelayMs / 1000),
    period_seconds: period,
    timeout_seconds: seconds(health.timeoutMs),
    success_threshold: health.successThreshold,
    failure_threshold: Math.max(health.failureThreshold, Math.ceil(health.startTimeoutMs / 1000 / period)),
  };
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/** process-compose puts variables into the whole file, comments included, before it reads it; `$$` is a dollar sign. */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}
