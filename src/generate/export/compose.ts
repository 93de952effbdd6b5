import { posix } from 'node:path';
import type { RestartPlan } from '../../plan/plan.ts';
import * as common from './common-limits.ts';
import { dependenciesOf, type ExportedProject, type ExportedService } from './exported-project.ts';
import type { Exporter } from './exporter.ts';
import { given } from './given.ts';
import { healthTest } from './health-test.ts';
import { beforeStatements, commandStatement, computedStatements, probeStatements } from './start-script.ts';
import { renderYaml } from './yaml-text.ts';

const FOLDER = 'deploy/compose/';
/** From there to the root. */
const ROOT = '../..';

/** Source: the Compose Specification, compose-spec.io. */
export const COMPOSE: Exporter = {
  summary: 'a Compose file, for containers on one machine',
  place: FOLDER,
  network: 'by-name',
  limits: {
    autoPort: common.FIXED_PORT,
    fallbackPort: common.NO_FALLBACK,
    addresses: common.INNER_ADDRESSES,
    loopback: common.LOOPBACK,
    curl: common.NEEDS_CURL_IN_IMAGE,
    image: 'needs a Dockerfile in its folder that copies the repository to /app: devgen writes none',
    absolutePath: null,
    path: null,
    envFiles: null,
    missingVariables: common.missingVariables,
    controlCharacters: null,
    before: null,
    waitFor: common.NO_WAIT_FOR,
    dependencies: null,
    dependencyProbe: null,
    logProbe: common.NO_LOG_PROBE,
    anyAnswer: null,
    successThreshold: common.NO_SUCCESS_THRESHOLD,
    liveness: 'a container that is unhealthy is shown as such, but not restarted',
    keptUp: null,
    restartPolicy: null,
    backoff: "the back-off is the engine's: from 100 ms, doubled each time",
    crashLoop: 'restarts are counted without a window; `always` never gives up',
    memory: null,
    priority: '`nice` is left out: `cpus` limits what a container has of the processor',
    stopSignal: null,
    grace: null,
  },
  use: () => ['Use: docker compose -f deploy/compose/compose.yaml up --build'],
  render: ({ project, headFor, useLines }) => {
    const services = project.services.map((service) => [service.plan.name, serviceOf(service, project)] as const);
    const document = { name: project.name, services: Object.fromEntries(services) };
    const comment = [...headFor(project.services), ...useLines];
    return [{ path: `${FOLDER}compose.yaml`, text: renderYaml([document], comment) }];
  },
};

function serviceOf(service: ExportedService, project: ExportedProject): object {
  const { plan, port, environment } = service;
  const script = [...computedStatements(service), ...beforeStatements(service), commandStatement(service)].join('\n');
  const variables = Object.entries(environment.fixed).map(([name, value]) => [name, literal(value)] as const);
  const needed = dependenciesOf(service, project).map((other) => [other.plan.name, { condition: conditionFor(other) }]);
  const files = environment.files.map(({ path }) => literal(posix.join(ROOT, path)));
  const { maxMemoryBytes } = plan.restart;
  return given({
    image: `${project.name}-${plan.name}`,
    build: { context: ROOT, dockerfile: posix.join(plan.cwd, 'Dockerfile') },
    entrypoint: ['/bin/sh', '-c', literal(script)],
    working_dir: literal(posix.join('/app', plan.cwd)),
    // Signals reach a service as outside of a container, and the init process reaps what it leaves.
    init: true,
    environment: Object.fromEntries(variables),
    env_file: environment.files.length === 0 ? undefined : files,
    ports: port === null ? undefined : [`${port}:${port}`],
    depends_on: needed.length === 0 ? undefined : Object.fromEntries(needed),
    healthcheck: healthcheckOf(service),
    restart: restartOf(plan.restart),
    stop_signal: plan.stop.signal,
    stop_grace_period: duration(plan.stop.graceMs),
    mem_limit: maxMemoryBytes === null ? undefined : String(maxMemoryBytes),
  });
}

function healthcheckOf(service: ExportedService): object | undefined {
  const { periodMs, timeoutMs, failureThreshold, initialDelayMs, startTimeoutMs } = service.plan.health;
  const statements = probeStatements(service, computedStatements(service));
  if (statements === null) return undefined;
  return {
    test: ['CMD-SHELL', literal(statements.join('\n'))],
    interval: duration(periodMs),
    timeout: duration(timeoutMs),
    retries: failureThreshold,
    start_period: duration(initialDelayMs + startTimeoutMs),
  };
}

function conditionFor(service: ExportedService): string {
  return healthTest(service) === null ? 'service_started' : 'service_healthy';
}

function restartOf({ policy, maxRestarts }: RestartPlan): string {
  if (policy === 'never' || maxRestarts === 0) return 'no';
  return policy === 'always' ? 'always' : `on-failure:${maxRestarts}`;
}

/** Compose puts variables of its own into every value. Source: Compose Specification, Interpolation. */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function duration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
