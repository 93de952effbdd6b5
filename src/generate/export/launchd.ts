import { posix } from 'node:path';
import type { RestartPlan } from '../../plan/plan.ts';
import * as common from './common-limits.ts';
import type { ExportedProject, ExportedService } from './exported-project.ts';
import type { Exporter } from './exporter.ts';
import { type PlistDictionary, type PlistValue, renderPlist } from './plist.ts';
import {
  beforeStatements,
  commandStatement,
  computedStatements,
  dependencyStatements,
  envFileStatements,
} from './start-script.ts';
import { hasControlCharacter } from './topics.ts';

/** Source: launchd.plist(5). */
export const LAUNCHD: Exporter = {
  summary: 'launchd agents, started when the user logs in to a Mac',
  place: 'deploy/launchd/',
  network: 'one-machine',
  limits: {
    autoPort: common.FIXED_PORT,
    fallbackPort: common.NO_FALLBACK,
    addresses: null,
    loopback: null,
    curl: null,
    image: null,
    absolutePath: 'the absolute path of this checkout is in the agent: launchd takes no other',
    path: 'programs are looked for where launchd looks; Homebrew and version managers have to be in `env: { PATH: … }`',
    envFiles: common.ENV_FILES_AS_SHELL,
    missingVariables: common.missingVariables,
    controlCharacters: 'variables with control characters are left out: no property list holds them',
    before: null,
    waitFor: common.NO_WAIT_FOR,
    dependencies: null,
    dependencyProbe: common.NO_DEPENDENCY_PROBE,
    logProbe: null,
    anyAnswer: null,
    successThreshold: null,
    liveness: common.NO_LIVENESS,
    keptUp: null,
    restartPolicy: null,
    backoff: 'every restart waits for the first back-off; it does not grow',
    crashLoop: 'launchd never gives up: a crash loop goes on',
    memory: '`maxMemory` is left out: launchd does not hold a process to it',
    priority: null,
    stopSignal: 'launchd always stops with SIGTERM',
    grace: null,
  },
  use: ({ name }) => [
    `Use: cp deploy/launchd/${name}.*.plist ~/Library/LaunchAgents/`,
    'Then for each of them: launchctl bootstrap gui/$(id -u) FILE',
  ],
  render: ({ project, headFor, useLines }) =>
    project.services.map((service) => ({
      path: `${LAUNCHD.place}${labelOf(service, project)}.plist`,
      text: renderPlist(agentOf(service, project), [...headFor([service]), ...useLines]),
    })),
};

function labelOf({ plan }: ExportedService, { name }: ExportedProject): string {
  return `${name}.${plan.name}`;
}

const KEEP_ALIVE: Readonly<Record<RestartPlan['policy'], PlistValue>> = {
  always: true,
  'on-failure': { SuccessfulExit: false },
  never: false,
};

function agentOf(service: ExportedService, project: ExportedProject): PlistDictionary {
  const { plan, environment } = service;
  const variables = Object.entries(environment.fixed).filter(([, value]) => !hasControlCharacter(value));
  const log = posix.join(project.root, 'logs', `${plan.name}.launchd.log`);
  const script = [
    ...envFileStatements(service),
    ...computedStatements(service),
    ...dependencyStatements(service, project),
    ...beforeStatements(service),
    commandStatement(service),
  ];
  return {
    Label: labelOf(service, project),
    ProgramArguments: ['/bin/sh', '-c', script.join('\n')],
    WorkingDirectory: posix.join(project.root, plan.cwd),
    EnvironmentVariables: Object.fromEntries(variables),
    RunAtLoad: true,
    KeepAlive: KEEP_ALIVE[plan.restart.policy],
    ThrottleInterval: Math.max(1, Math.ceil(plan.restart.backoff.initialMs / 1000)),
    ...(plan.nice > 0 && { Nice: plan.nice }),
    ExitTimeOut: Math.max(1, Math.ceil(plan.stop.graceMs / 1000)),
    StandardOutPath: log,
    StandardErrorPath: log,
  };
}
