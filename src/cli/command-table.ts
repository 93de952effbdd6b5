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

interface PositionalSpec {
  readonly label: string;
  readonly kind: 'service' | 'port' | 'command';
  readonly count: 'optional' | 'exactly-one' | 'any-number';
}

const SERVICES: PositionalSpec = { label: 'NAME', kind: 'service', count: 'any-number' };
const SERVICE: PositionalSpec = { label: 'NAME', kind: 'service', count: 'optional' };
const PORT: PositionalSpec = { label: 'PORT', kind: 'port', count: 'exactly-one' };
const COMMAND: PositionalSpec = { label: 'COMMAND', kind: 'command', count: 'optional' };

const START_OPTIONS = [option.FORCE, option.PORT, option.TIMEOUT, option.AS_JSON];

/** Every command, in the order in which help shows them. */
export const COMMAND_TABLE: readonly CommandSpec[] = [
  runtime(
    'up',
    SERVICES,
    [option.DETACH, ...START_OPTIONS],
    'start services and stay attached: live logs, r s o d keys, Ctrl+C stops',
  ),
  runtime('start', SERVICES, START_OPTIONS, 'start services, wait until they are ready, and return'),
  runtime('stop', SERVICES, [option.AS_JSON], 'stop services gracefully, with everything they started'),
  runtime('kill', SERVICES, [option.AS_JSON], 'stop services at once, with SIGKILL'),
  runtime('restart', SERVICES, START_OPTIONS, 'stop and start services'),
  runtime('status', SERVICES, [option.DETAILED, option.AS_JSON], 'what runs, where, since when, and how well'),
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
  runtime('clean', null, [], 'remove old logs and caches'),
  runtime('help', COMMAND, [], 'this text, or all about one command'),
  generator(
    'init',
    [option.YES, option.DRY_RUN],
    'look at this repository, write devgen.config.yaml and generate everything',
  ),
  generator(
    'generate',
    [option.CHECK, option.DRY_RUN, option.FORCE_GENERATE],
    'write the generated files anew from the config',
  ),
  generator('check', [], 'fail if a generated file is missing, edited or out of date'),
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
