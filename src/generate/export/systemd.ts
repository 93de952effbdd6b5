import { posix } from 'node:path';
import { quoteWord } from '../../base/quote-word.ts';
import type { RestartPlan } from '../../plan/plan.ts';
import * as common from './common-limits.ts';
import { dependenciesOf, type ExportedProject, type ExportedService } from './exported-project.ts';
import type { ExportedFile, Exporter, Rendering } from './exporter.ts';
import { healthTest } from './health-test.ts';
import { beforeStatements, commandStatement, computedStatements, isShellName, waitUntil } from './start-script.ts';
import { unitPath, unitQuoted, unitShell, unitTime } from './systemd-text.ts';

/**
 * Units of a user's own manager, started at login, and of the machine's, started at boot. The latter are templates
 * whose instance is the user that the services run as: no file names a user, and nothing runs as root.
 */
type Scope = 'user' | 'system';

export const SYSTEMD: Exporter = {
  summary: 'systemd units, for a user at login and for the machine at boot',
  place: 'deploy/systemd/',
  network: 'one-machine',
  limits: {
    autoPort: common.FIXED_PORT,
    fallbackPort: common.NO_FALLBACK,
    addresses: null,
    loopback: null,
    curl: common.NEEDS_CURL,
    image: null,
    absolutePath: 'the absolute path of this checkout is in the unit: systemd takes no other',
    path: 'programs are looked for where systemd looks; a version manager elsewhere has to be in `env: { PATH: … }`',
    envFiles: 'env files are read by systemd: no `export`, no variables in values, comments on lines of their own',
    missingVariables: common.missingVariables,
    controlCharacters: null,
    before: null,
    waitFor: common.NO_WAIT_FOR,
    dependencies: null,
    dependencyProbe: null,
    logProbe: common.NO_LOG_PROBE,
    anyAnswer: null,
    successThreshold: common.NO_SUCCESS_THRESHOLD,
    liveness: common.NO_LIVENESS,
    keptUp: null,
    restartPolicy: null,
    backoff: 'every restart waits for the first back-off; it does not grow',
    crashLoop: null,
    memory: null,
    priority: null,
    stopSignal: null,
    grace: null,
  },
  use: ({ name, root }) => {
    const folder = quoteWord(`${root}/deploy/systemd`);
    const units = (scope: Scope): string =>
      ['service', 'target'].map((kind) => `${folder}/${scope}/*.${kind}`).join(' ');
    return [
      `At login: systemctl --user link ${units('user')} && systemctl --user enable --now ${name}.target`,
      `At boot: sudo systemctl link ${units('system')} && sudo systemctl enable --now ${name}@$USER.target`,
    ];
  },
  render: (rendering) => [...unitsFor('user', rendering), ...unitsFor('system', rendering)],
};

function unitsFor(scope: Scope, rendering: Rendering): readonly ExportedFile[] {
  const { project, headFor, useLines } = rendering;
  const target = file(scope, targetName(scope, project, 'file'), [
    ...[...headFor([]), ...useLines].map((line) => `# ${line}\n`),
    targetSections(scope, project),
  ]);
  const services = project.services.map((service) =>
    file(scope, unitName(scope, { service, project, as: 'file' }), [
      ...headFor([service]).map((line) => `# ${line}\n`),
      `\n${unitSection(scope, service, project)}\n`,
      serviceSection(scope, service, project),
    ]),
  );
  return [target, ...services];
}

function file(scope: Scope, name: string, parts: readonly string[]): ExportedFile {
  return { path: `${SYSTEMD.place}${scope}/${name}`, text: parts.join('') };
}

interface Named {
  readonly service: ExportedService;
  readonly project: ExportedProject;
  /** `reference`: from within another unit of the same instance. */
  readonly as: 'file' | 'reference';
}

function unitName(scope: Scope, { service, project, as }: Named): string {
  return `${project.name}-${service.plan.name}${instance(scope, as)}.service`;
}

function targetName(scope: Scope, { name }: ExportedProject, as: Named['as']): string {
  return `${name}${instance(scope, as)}.target`;
}

function instance(scope: Scope, as: Named['as']): string {
  if (scope === 'user') return '';
  return as === 'file' ? '@' : '@%i';
}

function targetSections(scope: Scope, project: ExportedProject): string {
  const names = project.services.map((service) => unitName(scope, { service, project, as: 'reference' }));
  const unit = section('Unit', [
    ['Description', `${project.name}: all services`],
    ['Wants', names.join(' ')],
  ]);
  const install = section('Install', [['WantedBy', scope === 'user' ? 'default.target' : 'multi-user.target']]);
  return `\n${unit}\n${install}`;
}

function unitSection(scope: Scope, service: ExportedService, project: ExportedProject): string {
  const { restart } = service.plan;
  const needed = dependenciesOf(service, project)
    .map((other) => unitName(scope, { service: other, project, as: 'reference' }))
    .join(' ');
  return section('Unit', [
    ['Description', `${project.name}: ${service.plan.name}`],
    ['PartOf', targetName(scope, project, 'reference')],
    ['Requires', needed],
    ['After', scope === 'user' ? needed : `network.target ${needed}`.trim()],
    ['StartLimitIntervalSec', restart.policy === 'never' ? '' : unitTime(restart.windowMs)],
    ['StartLimitBurst', restart.policy === 'never' ? '' : String(restart.maxRestarts + 1)],
  ]);
}

const RESTART: Readonly<Record<RestartPlan['policy'], string>> = {
  always: 'always',
  'on-failure': 'on-failure',
  never: 'no',
};

function serviceSection(scope: Scope, service: ExportedService, project: ExportedProject): string {
  const { plan, environment } = service;
  const { health, restart, stop } = plan;
  const computed = computedStatements(service);
  const before = beforeStatements(service);
  const variables = Object.entries(environment.fixed).filter(([name]) => isShellName(name));
  const files = environment.files.map(({ path, need }) => {
    return `${need === 'optional' ? '-' : ''}${unitPath(posix.join(project.root, path))}`;
  });
  return section('Service', [
    ...(scope === 'system' ? [['User', '%i'] as const] : []),
    ['WorkingDirectory', unitPath(posix.join(project.root, plan.cwd))],
    ...variables.map(([name, value]) => ['Environment', unitQuoted(`${name}=${value}`)] as const),
    ...files.map((file) => ['EnvironmentFile', file] as const),
    ['ExecStartPre', before.length === 0 ? '' : unitShell([...computed, ...before])],
    ['ExecStart', unitShell([...computed, commandStatement(service)])],
    ['ExecStartPost', readyCommand(service)],
    ['TimeoutStartSec', unitTime(health.initialDelayMs + health.startTimeoutMs)],
    ['Restart', RESTART[restart.policy]],
    ['RestartSec', restart.policy === 'never' ? '' : unitTime(restart.backoff.initialMs)],
    ['KillSignal', stop.signal],
    ['TimeoutStopSec', unitTime(stop.graceMs)],
    ['Nice', plan.nice === 0 ? '' : String(plan.nice)],
    ['MemoryMax', restart.maxMemoryBytes === null ? '' : String(restart.maxMemoryBytes)],
  ]);
}

/** Units that come after this one wait for it. */
function readyCommand(service: ExportedService): string {
  const { health } = service.plan;
  const test = healthTest(service);
  if (test === null) return '';
  const delay = health.initialDelayMs > 0 ? [`sleep ${health.initialDelayMs / 1000}`] : [];
  const environment = health.probe.kind === 'command' ? computedStatements(service) : [];
  return unitShell([...environment, ...delay, waitUntil(test)]);
}

/** Settings without a value are left out. */
function section(name: string, settings: readonly (readonly [string, string])[]): string {
  const lines = settings.filter(([, value]) => value !== '').map(([key, value]) => `${key}=${value}\n`);
  return `[${name}]\n${lines.join('')}`;
}
