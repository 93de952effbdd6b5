import { posix } from 'node:path';
import * as common from './common-limits.ts';
import { dependenciesOf, type ExportedProject, type ExportedService } from './exported-project.ts';
import type { Exporter } from './exporter.ts';
import { given } from './given.ts';
import { probedUrl } from './health-test.ts';
import { beforeStatements, commandStatement, computedStatements, probeStatements } from './start-script.ts';
import { renderYaml } from './yaml-text.ts';

/** Source: the Kubernetes API reference, apps/v1 Deployment and v1 Service. */
export const KUBERNETES: Exporter = {
  summary: 'Kubernetes manifests, for containers on many machines',
  place: 'deploy/kubernetes/',
  network: 'by-name',
  limits: {
    autoPort: common.FIXED_PORT,
    fallbackPort: null,
    addresses: common.INNER_ADDRESSES,
    loopback: common.LOOPBACK,
    curl: null,
    image: 'needs an image that holds the repository at /app, under the name in this file: devgen builds none',
    absolutePath: null,
    path: null,
    envFiles: (services) => {
      const commands = services.map((service) => secretCommand(service));
      return `env files become secrets, which are made by hand: ${commands.join('; ')}`;
    },
    missingVariables: common.missingVariables,
    controlCharacters: null,
    before: null,
    waitFor: common.NO_WAIT_FOR,
    dependencies: null,
    dependencyProbe: 'depends on a service without a port: it does not wait for it',
    logProbe: common.NO_LOG_PROBE,
    anyAnswer: 'a listening port is enough to be ready, whatever it answers',
    successThreshold: null,
    liveness: null,
    keptUp: null,
    restartPolicy: 'Kubernetes restarts it however it ended',
    backoff: "the back-off is Kubernetes' own: from 10 s to 5 min",
    crashLoop: 'Kubernetes never gives up: a crash loop goes on',
    memory: null,
    priority: '`nice` is left out: `resources` limits what a container has of the processor',
    stopSignal: 'Kubernetes stops with SIGTERM, or with the signal that the image names',
    grace: null,
  },
  use: () => ['Use: kubectl apply -f deploy/kubernetes/'],
  render: ({ project, headFor, useLines }) =>
    project.services.map((service) => ({
      path: `${KUBERNETES.place}${service.plan.name}.yaml`,
      text: renderYaml(manifestsOf(service, project), [...headFor([service]), ...useLines]),
    })),
};

function secretCommand({ plan, environment }: ExportedService): string {
  const files = environment.files.map(({ path }) => `--from-env-file=${path}`);
  return `kubectl create secret generic ${secretName(plan.name)} ${files.join(' ')}`;
}

function secretName(service: string): string {
  return `${service}-env`;
}

function manifestsOf(service: ExportedService, project: ExportedProject): readonly object[] {
  const { plan, port } = service;
  const labels = { 'app.kubernetes.io/name': plan.name, 'app.kubernetes.io/part-of': project.name };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: plan.name, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podOf(service, project) },
    },
  };
  if (port === null) return [deployment];
  const ports = [{ name: 'main', port, targetPort: port }];
  const address = { metadata: { name: plan.name, labels }, spec: { selector: labels, ports } };
  return [deployment, { apiVersion: 'v1', kind: 'Service', ...address }];
}

function podOf(service: ExportedService, project: ExportedProject): object {
  const waits = dependenciesOf(service, project).flatMap((other) =>
    other.port === null ? [] : [waitFor(other.plan.name, other.port)],
  );
  return given({
    // They would define NAME_PORT, too, as something else.
    enableServiceLinks: false,
    // The service is not process 1 then, which would ignore the signals that it does not handle.
    shareProcessNamespace: true,
    terminationGracePeriodSeconds: seconds(service.plan.stop.graceMs),
    initContainers: waits.length === 0 ? undefined : waits,
    containers: [containerOf(service, project)],
  });
}

/** A Service leads only to pods that are ready. */
function waitFor(name: string, port: number): object {
  const script = `until nc -z ${name} ${port}; do sleep 1; done`;
  return { name: `wait-for-${name}`, image: 'busybox:1.37', command: ['/bin/sh', '-c', script] };
}

function containerOf(service: ExportedService, project: ExportedProject): object {
  const { plan, port, environment } = service;
  const { maxMemoryBytes, on } = plan.restart;
  const script = [...computedStatements(service), ...beforeStatements(service), commandStatement(service)].join('\n');
  const action = probeAction(service);
  const probe = action === undefined ? undefined : { ...action, ...timingOf(service) };
  return given({
    name: plan.name,
    image: `${project.name}-${plan.name}:latest`,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c', literal(script)],
    workingDir: posix.join('/app', plan.cwd),
    env: Object.entries(environment.fixed).map(([name, value]) => ({ name, value: literal(value) })),
    envFrom: environment.files.length === 0 ? undefined : [{ secretRef: { name: secretName(plan.name) } }],
    ports: port === null ? undefined : [{ name: 'main', containerPort: port }],
    startupProbe: action && { ...action, ...startTimingOf(service) },
    readinessProbe: probe && { ...probe, successThreshold: plan.health.successThreshold },
    livenessProbe: on.includes('unhealthy') ? probe : undefined,
    resources: maxMemoryBytes === null ? undefined : { limits: { memory: String(maxMemoryBytes) } },
  });
}

/** Kubernetes' own request where it means the same, else a shell's. */
function probeAction(service: ExportedService): object | undefined {
  const { plan, port, url } = service;
  const { probe } = plan.health;
  if (port !== null && (probe.kind === 'tcp' || probe.kind === 'any-answer')) return { tcpSocket: { port } };
  const target = probe.kind === 'http' ? probedUrl(probe.target, url) : null;
  if (probe.kind === 'http' && target !== null && url !== null && probe.expect.length === 0) {
    const { protocol, pathname, search, origin } = new URL(target);
    const scheme = protocol === 'https:' ? 'HTTPS' : 'HTTP';
    if (origin === new URL(url).origin) return { httpGet: { path: pathname + search, port, scheme } };
  }
  const statements = probeStatements(service, computedStatements(service));
  if (statements === null) return undefined;
  return { exec: { command: ['/bin/sh', '-c', literal(statements.join('\n'))] } };
}

function timingOf({ plan }: ExportedService): object {
  const { periodMs, timeoutMs, failureThreshold } = plan.health;
  return { periodSeconds: seconds(periodMs), timeoutSeconds: seconds(timeoutMs), failureThreshold };
}

/** Asked each second until the start timeout. */
function startTimingOf({ plan }: ExportedService): object {
  const { initialDelayMs, startTimeoutMs, timeoutMs } = plan.health;
  const delay = initialDelayMs > 0 ? { initialDelaySeconds: seconds(initialDelayMs) } : {};
  const timing = { periodSeconds: 1, timeoutSeconds: seconds(timeoutMs), failureThreshold: seconds(startTimeoutMs) };
  return { ...delay, ...timing };
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/**
 * Kubernetes puts variables into values, commands and probes: `$(NAME)`, and `$$` is a dollar sign.
 * Source: API reference, EnvVar and Container.
 */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}
