import { type CommandName, commandNames } from '../../src/base/commands.ts';

/** What a command line is about: names that the project must have. */
export interface Subject {
  readonly service: string;
  readonly task: string;
  readonly port: number;
}

export type CommandLine = readonly [CommandName, ...string[]];
type Lines = readonly (readonly string[])[];

/**
 * Every command, as a user would call it without a terminal, and once for a program. A new command does not compile
 * without its lines here.
 */
const LINES: Readonly<Record<CommandName, (subject: Subject) => Lines>> = {
  help: () => [[], ['start'], ['--json']],
  version: () => [[], ['--json']],
  config: ({ service }) => [
    [],
    ['--json'],
    ['get', `services.${service}.command`],
    ['get', `services.${service}.env`, '--json'],
    ['set', `services.${service}.restart`, 'never'],
  ],
  tasks: () => [[], ['--json']],
  completion: () => [['bash'], ['zsh'], ['fish']],
  hooks: () => [[], ['test', '--json']],
  doctor: () => [[], ['--json']],
  mcp: () => [[]],
  top: () => [[], ['--json']],
  ui: () => [
    ['--port', '99999'],
    ['--port', '99999', '--json'],
  ],
  ps: () => [[], ['--json']],
  check: () => [[], ['--json']],
  setup: () => [['--dry-run'], ['--dry-run', '--json'], []],
  up: ({ service }) => [['-d', service, '--no-setup']],
  start: ({ service }) => [
    [service, '--no-setup'],
    [service, '--no-setup', '--json', '--events'],
    ['broken', '--no-setup'],
    ['broken', 'box', '--no-setup', '--json', '--events'],
  ],
  status: () => [[], ['--all'], ['--all', '--json'], ['--detailed', '--resources']],
  health: () => [[], ['--json']],
  logs: () => [[], ['--json', '-n', '20'], ['--errors'], ['--full', '--timestamps']],
  errors: () => [[], ['--json']],
  reload: () => [['--dry-run'], ['--json']],
  history: () => [[], ['--json'], ['--since', '1h']],
  metrics: () => [[], ['--json'], ['--prometheus']],
  settle: ({ service }) => [
    ['--timeout', '1s'],
    [service, '--since', '10m', '--timeout', '1s', '--json'],
  ],
  wait: ({ service }) => [
    [service, '--timeout', '5s'],
    [service, '--timeout', '5s', '--json'],
  ],
  env: ({ service }) => [[service], ['--json']],
  url: () => [[], ['--json']],
  open: ({ service }) => [[service]],
  port: ({ port }) => [[String(port)], [String(port), '--json']],
  run: ({ task }) => [
    [task, '--no-setup'],
    [task, '--no-setup', '--force', '--json'],
  ],
  restart: ({ service }) => [
    [service, '--no-setup'],
    [service, '--no-setup', '--json'],
  ],
  'kill-port': ({ port }) => [[String(port), '--yes']],
  stop: () => [[], ['--json']],
  kill: () => [[]],
  clean: () => [[], ['--all', '--json']],
  nuke: () => [['--yes'], ['--yes', '--json']],
  detect: () => [[], ['--json']],
  init: () => [['--dry-run', '--yes'], ['--yes']],
  generate: () => [['--dry-run'], ['--diff'], ['--check', '--json'], []],
  upgrade: () => [['--dry-run'], []],
  export: () => [...EXPORTS.map((format) => [format]), [], ['compose', '--json'], ['systemd', '--write']],
  restore: () => [['--list'], ['--list', '--json'], ['--dry-run']],
  uninstall: () => [['--dry-run'], ['--yes']],
  eject: () => [['--dry-run'], ['--yes']],
};

const EXPORTS = ['compose', 'kubernetes', 'launchd', 'process-compose', 'procfile', 'systemd'];

/** All lines, the destroying ones last; each begins with its command. */
export function everyCommand(subject: Subject): readonly CommandLine[] {
  const order = Object.keys(LINES);
  return commandNames()
    .toSorted((one, other) => order.indexOf(one) - order.indexOf(other))
    .flatMap((name) => LINES[name](subject).map((words) => [name, ...words] as const));
}

/** One line of each command. */
export function firstLines(subject: Subject): readonly CommandLine[] {
  const lines = everyCommand(subject);
  return commandNames().flatMap((name) => lines.filter(([other]) => other === name).slice(0, 1));
}
