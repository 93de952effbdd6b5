import type { OptionSpec } from './arguments/option-table.ts';
import * as option from './arguments/option-table.ts';

/** One command as `--help`, the parsers, shell completion and the README know it. */
export interface CommandSpec {
  readonly name: string;
  /** `runtime`: `./dev` has it; `generator`: only the `devgen` program. */
  readonly side: 'runtime' | 'generator';
  readonly positional: PositionalSpec | null;
  readonly options: readonly OptionSpec[];
  /** One line, lower case, without a full stop. */
  readonly summary: string;
}

export interface PositionalSpec {
  readonly label: string;
  readonly kind: 'service' | 'task' | 'port' | 'command' | 'setting' | 'shell' | 'backup';
  readonly count: 'optional' | 'exactly-one' | 'any-number';
  /** How help shows all of them. */
  readonly usage: string;
  /** Whether what stands behind `--` is handed on as it is, instead of being one of them. */
  readonly handsOn: boolean;
}

const SERVICES = positional('any-number', 'service', { label: 'NAME', usage: '[NAME…]' });
const SERVICE = positional('optional', 'service', { label: 'NAME', usage: '[NAME]' });
const PORT = positional('exactly-one', 'port', { label: 'PORT', usage: 'PORT' });
const COMMAND = positional('optional', 'command', { label: 'COMMAND', usage: '[COMMAND]' });
const SHELL = positional('exactly-one', 'shell', { label: 'SHELL', usage: 'SHELL' });
const BACKUP = positional('optional', 'backup', { label: 'DATE', usage: '[DATE]' });
const SETTING = positional('any-number', 'setting', { label: 'KEY', usage: '[get|set KEY …]' });
const TASK: PositionalSpec = {
  ...positional('exactly-one', 'task', { label: 'TASK', usage: 'TASK [-- ARGS]' }),
  handsOn: true,
};

const START_OPTIONS = [option.FORCE, option.PORT, option.TIMEOUT, option.AS_JSON];

/** Every command, in the order in which help shows them. */
export const COMMAND_TABLE: readonly CommandSpec[] = [
  runtime(
    'up',
    SERVICES,
    [option.DETACH, option.FOREGROUND, ...START_OPTIONS],
    'start services and stay attached: live logs, r s o d keys, Ctrl+C stops',
  ),
  runtime('start', SERVICES, START_OPTIONS, 'start services, wait until they are ready, and return'),
  runtime('stop', SERVICES, [option.AS_JSON], 'stop services gracefully, with everything they started'),
  runtime('kill', SERVICES, [option.AS_JSON], 'stop services at once, with SIGKILL'),
  runtime('restart', SERVICES, START_OPTIONS, 'stop and start services'),
  runtime(
    'status',
    SERVICES,
    [option.DETAILED, option.RESOURCES, option.ALL, option.WATCH, option.AS_JSON],
    'what runs, where, since when, and how well',
  ),
  runtime('health', SERVICES, [option.AS_JSON], 'probe services now: verdict and response time'),
  runtime(
    'logs',
    SERVICES,
    [option.FOLLOW, option.LINES, option.SINCE, option.ERRORS, option.TIMESTAMPS, option.AS_JSON],
    'what the services wrote, merged by time',
  ),
  runtime('wait', SERVICES, [option.TIMEOUT], 'wait until services are ready'),
  runtime('env', SERVICE, [option.AS_JSON], 'environment variables that lead to the services, for other shells'),
  runtime('url', SERVICE, [option.AS_JSON], 'the URL of a service'),
  runtime('open', SERVICE, [], 'open a service in the browser'),
  runtime('port', PORT, [option.AS_JSON], 'who holds a port'),
  runtime('kill-port', PORT, [option.YES], 'end the process that listens on a port, and only it'),
  runtime('run', TASK, [option.FORCE_TASK], 'run a task after those and with the services that it needs'),
  runtime('tasks', null, [option.AS_JSON], 'the tasks there are'),
  runtime('config', SETTING, [option.AS_JSON], 'all settings and where they come from; `get KEY`, `set KEY VALUE`'),
  runtime('completion', SHELL, [], 'the script that completes `./dev` in bash, zsh or fish'),
  runtime('doctor', SERVICES, [option.AS_JSON], 'what is wrong, and how to mend it'),
  runtime('ps', null, [option.AS_JSON], 'what runs in every working copy on this machine'),
  runtime('check', null, [], 'fail if a generated file is missing or edited'),
  runtime('clean', null, [option.ALL_STATE], 'remove old logs and caches'),
  runtime(
    'nuke',
    null,
    [option.YES, option.PROGRAM, option.EVERYWHERE, option.AS_JSON],
    'end all that runs here or has its ports, after a countdown',
  ),
  runtime('help', COMMAND, [], 'this text, or all about one command'),
  generator(
    'init',
    [option.YES, option.DRY_RUN, option.TEMPLATE],
    'look at this repository, write devgen.config.yaml and generate everything',
  ),
  generator(
    'generate',
    [option.CHECK, option.DRY_RUN, option.DIFF, option.FORCE_GENERATE],
    'write the generated files anew from the config',
  ),
  generator('upgrade', [option.DRY_RUN, option.FORCE_GENERATE], 'replace what another version of devgen generated'),
  generator(
    'uninstall',
    [option.YES, option.DRY_RUN, option.REMOVE_CONFIG],
    'remove everything generated; your files are again what they were',
  ),
  generator('eject', [option.YES, option.DRY_RUN], 'keep everything generated, as your own: devgen forgets it'),
  {
    ...generator('restore', [option.LIST, option.DRY_RUN], 'put back what devgen copied before it changed it'),
    positional: BACKUP,
  },
  generator('detect', [option.AS_JSON], 'show which services were found, and why'),
];

/** What may follow a service's name, as in `./dev backend-stop`, and the arguments it stands for. */
export const SERVICE_ACTIONS: Readonly<Record<string, { readonly verb: string; readonly flags: readonly string[] }>> = {
  start: { verb: 'start', flags: [] },
  stop: { verb: 'stop', flags: [] },
  kill: { verb: 'kill', flags: [] },
  restart: { verb: 'restart', flags: [] },
  force: { verb: 'up', flags: ['--force'] },
  status: { verb: 'status', flags: [] },
  health: { verb: 'health', flags: [] },
  logs: { verb: 'logs', flags: [] },
};

export function findCommandSpec(verb: string): CommandSpec | undefined {
  return COMMAND_TABLE.find((spec) => spec.name === verb);
}

function positional(
  count: PositionalSpec['count'],
  kind: PositionalSpec['kind'],
  words: Pick<PositionalSpec, 'label' | 'usage'>,
): PositionalSpec {
  return { ...words, kind, count, handsOn: false };
}

function runtime(
  name: string,
  positional: PositionalSpec | null,
  options: readonly OptionSpec[],
  summary: string,
): CommandSpec {
  return { name, side: 'runtime', positional, options, summary };
}

function generator(name: string, options: readonly OptionSpec[], summary: string): CommandSpec {
  return { name, side: 'generator', positional: null, options, summary };
}
