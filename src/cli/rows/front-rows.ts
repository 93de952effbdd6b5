import type { CommandName } from '../../base/commands.ts';
import type { Expanded } from '../arguments/expand-shorthand.ts';
import { type ForegroundCommand, foregroundCommand } from '../arguments/foreground-command.ts';
import * as option from '../arguments/option-table.ts';
import { durationOption, elsewhereOption, eventsOption, portOption, setupOption } from '../arguments/option-values.ts';
import type { RawCommand } from '../arguments/raw-command.ts';
import { takeApart } from '../arguments/take-apart.ts';
import type { StatusCommand } from '../commands/status.ts';
import type { StopCommand } from '../commands/stop.ts';
import type { StopInWorktreesCommand } from '../commands/stop-in-worktrees.ts';
import type { VersionCommand } from '../commands/version.ts';
import type { StartCommand, UpCommand } from '../starting/start-request.ts';
import { parseRow } from './parse-row.ts';
import { SERVICE_NAMES } from './positionals.ts';
import type { CommandText, Take } from './row.ts';

/** What the front needs of a command that it may answer by itself: all of the row but how it is run otherwise. */
interface FrontRow<Command> extends CommandText {
  parse(raw: RawCommand, take: Take): Command;
}

const START_OPTIONS = [
  option.flagOption('force', 'take the wanted port back from its holder; start anew what runs'),
  option.PORT,
  option.TIMEOUT,
  option.NO_SETUP,
  option.valued('for', 'TIME', 'stop everything after so long, such as `2h`'),
  option.flagOption('open', 'show it in the browser when it is ready'),
  option.AS_JSON,
  option.flagOption('events', 'with `--json`: also each event, a document on a line of its own'),
];

const up: FrontRow<UpCommand | ForegroundCommand> = {
  positional: SERVICE_NAMES,
  options: [
    option.flagOption('detach', 'return as soon as everything is ready', 'd'),
    option.flagOption('fg', 'run one service on this terminal, for a debugger or prompts'),
    ...START_OPTIONS,
  ],
  summary: 'start services and stay attached: live logs, r s o d keys, Ctrl+C stops',
  effect: 'changes',
  parse(raw, take) {
    const attached = {
      kind: 'up',
      ...startOptions(raw, take),
      attach: raw.options.detach ? 'never' : 'on-terminal',
    } as const;
    return raw.options.fg ? take<UpCommand | ForegroundCommand>(foregroundCommand(raw, attached), attached) : attached;
  },
};

const start: FrontRow<StartCommand> = {
  positional: SERVICE_NAMES,
  options: START_OPTIONS,
  summary: 'start services, wait until they are ready, and return',
  effect: 'changes',
  parse: (raw, take) => ({ kind: 'start', ...startOptions(raw, take) }),
};

const stop: FrontRow<StopCommand | StopInWorktreesCommand> = {
  positional: SERVICE_NAMES,
  options: [
    option.flagOption('all-worktrees', 'in every worktree of this repository'),
    option.flagOption('gone', 'in worktrees of it that are gone'),
    option.flagOption('force', 'though another agent, terminal or task uses them'),
    option.AS_JSON,
  ],
  summary: 'stop services gracefully, with everything they started',
  effect: 'changes',
  parse(raw, take) {
    const where = take(elsewhereOption(raw), null);
    const mode = raw.options.force ? 'forced' : 'considerate';
    return where === null ? { kind: 'stop', names: raw.positionals, mode } : { kind: 'stop-in-worktrees', where, mode };
  },
};

const kill: FrontRow<StopCommand> = {
  positional: SERVICE_NAMES,
  options: [option.AS_JSON],
  summary: 'stop services at once, with SIGKILL',
  effect: 'changes',
  parse: (raw) => ({ kind: 'kill', names: raw.positionals, mode: 'forced' }),
};

const restart: FrontRow<StartCommand> = {
  positional: SERVICE_NAMES,
  options: START_OPTIONS,
  summary: 'stop and start services',
  effect: 'changes',
  parse: (raw, take) => ({ kind: 'restart', ...startOptions(raw, take) }),
};

const status: FrontRow<StatusCommand> = {
  positional: SERVICE_NAMES,
  options: [
    option.flagOption('detailed', 'everything that is known about each service'),
    option.flagOption('resources', 'processor and memory use of each service with everything it started'),
    option.flagOption('all', 'all of this, the last log lines, and how the machine is doing'),
    option.flagOption('graph', 'which service talks to which, on which port'),
    option.flagOption('watch', 'draw it anew each second, until Ctrl+C'),
    option.AS_JSON,
  ],
  summary: 'what runs, where, since when, and how well',
  effect: 'reads',
  parse(raw) {
    const { detailed, all, graph, resources, watch } = raw.options;
    return {
      kind: 'status',
      names: raw.positionals,
      detail: graph ? 'graph' : all ? 'all' : detailed ? 'detailed' : 'table',
      resources: resources || all ? 'shown' : 'hidden',
      mode: watch ? 'watched' : 'once',
    };
  },
};

const version: FrontRow<VersionCommand> = {
  positional: null,
  options: [option.AS_JSON],
  summary: 'the version of devgen; `--version` and `-V` too',
  effect: 'reads',
  parse: () => ({ kind: 'version' }),
};

/** The commands that the front may answer: it carries no more of the table than these. */
export const FRONT_ROWS = { up, start, stop, kill, restart, status, version } satisfies Partial<
  Record<CommandName, unknown>
>;

type FrontName = keyof typeof FRONT_ROWS;

export type FrontCommand = ReturnType<(typeof FRONT_ROWS)[FrontName]['parse']>;

/** One of these commands, when it is plain and beyond doubt. */
export function parseForFront(expanded: Expanded): FrontCommand | undefined {
  if (expanded.kind === 'unknown' || !isFrontName(expanded.name)) return undefined;
  const row: FrontRow<FrontCommand> = FRONT_ROWS[expanded.name];
  const raw = takeApart({ ...row, name: expanded.name }, expanded.rest);
  const command = raw && parseRow(row, raw);
  return command?.ok ? command.value : undefined;
}

function isFrontName(name: CommandName): name is FrontName {
  return Object.hasOwn(FRONT_ROWS, name);
}

function startOptions(raw: RawCommand, take: Take) {
  return {
    names: raw.positionals,
    mode: raw.options.force ? 'force' : 'normal',
    port: take(portOption(raw), null),
    timeoutMs: take(durationOption(raw, 'timeout'), null),
    forMs: take(durationOption(raw, 'for'), null),
    events: take(eventsOption(raw), 'untold'),
    setup: setupOption(raw),
    open: raw.options.open ? 'asked' : 'configured',
  } as const;
}
