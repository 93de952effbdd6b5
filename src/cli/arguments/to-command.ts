import type { Diagnostic } from '../../base/diagnostic.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Command, Confirmation, OutputFormat } from './command.ts';
import type { Writing } from './generator-command.ts';
import { durationOption, linesOption, portArgument, portOption, sinceOption, type Taken } from './option-values.ts';
import type { RawCommand } from './raw-command.ts';
import { configCommand, foregroundCommand, namedPrograms, shellArgument, templateOption } from './word-values.ts';

/** The command that `raw` means, its values checked; the verb must be one of the command table. */
export function toCommand(raw: RawCommand): Result<Command, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const take = <Value>(taken: Taken<Value>, otherwise: Value): Value => {
    if (taken.ok) return taken.value;
    diagnostics.push(taken.error);
    return otherwise;
  };
  const command = build(raw, take);
  return diagnostics.length > 0 ? { ok: false, error: diagnostics } : ok(command);
}

/** Stands in for a command that cannot be made: what is wrong has been said then. */
const VERSION: Command = { kind: 'version' };

type Take = <Value>(taken: Taken<Value>, otherwise: Value) => Value;

function build(raw: RawCommand, take: Take): Command {
  const { verb, positionals: names, options } = raw;
  const name = names[0] ?? null;
  const format = formatOf(options);
  switch (verb) {
    case 'up':
      if (options.fg) return take<Command>(foregroundCommand(raw, take(portOption(raw), null)), VERSION);
      return { kind: verb, ...startOptions(raw, take), attach: options.detach ? 'never' : 'on-terminal' };
    case 'start':
    case 'restart':
      return { kind: verb, ...startOptions(raw, take) };
    case 'stop':
    case 'kill':
      return { kind: verb, names, format };
    case 'status':
      return { kind: verb, names, ...statusOptions(options), format };
    case 'health':
    case 'doctor':
      return { kind: verb, names, format };
    case 'logs':
      return logsCommand(raw, take);
    case 'wait':
      return { kind: verb, names, timeoutMs: take(durationOption(raw, 'timeout'), null) };
    case 'env':
    case 'url':
      return { kind: verb, name, format };
    case 'open':
      return { kind: verb, name };
    case 'port':
      return { kind: verb, port: take(portArgument(raw), 0), format };
    case 'kill-port':
      return { kind: verb, port: take(portArgument(raw), 0), confirm: confirmationOf(options) };
    case 'run':
      return { kind: verb, task: name ?? '', args: raw.rest, when: options.force ? 'always' : 'needed' };
    case 'tasks':
    case 'ps':
      return { kind: verb, format };
    case 'config':
      return take<Command>(configCommand(raw, format), VERSION);
    case 'completion':
      return { kind: verb, shell: take(shellArgument(raw), 'bash') };
    case 'clean':
      return { kind: verb, what: options.all ? 'all' : 'old' };
    case 'nuke':
      return { kind: verb, confirm: confirmationOf(options), named: take(namedPrograms(raw), null), format };
    case 'check':
    case 'version':
      return { kind: verb };
    case 'help':
      return { kind: verb, topic: name };
    case 'init':
      return {
        kind: verb,
        confirm: confirmationOf(options),
        writing: writingOf(options),
        template: take(templateOption(raw), null),
      };
    case 'generate':
    case 'upgrade':
      return { kind: verb, edited: options.force ? 'overwritten' : 'kept', writing: writingOf(options) };
    case 'uninstall': {
      const config = options['remove-config'] ? 'remove' : 'keep';
      return { kind: verb, confirm: confirmationOf(options), writing: writingOf(options), config };
    }
    case 'eject':
      return { kind: verb, confirm: confirmationOf(options), writing: writingOf(options) };
    case 'restore':
      return { kind: verb, action: options.list ? 'listed' : 'restored', date: name, writing: writingOf(options) };
    case 'detect':
      return { kind: verb, format };
    default:
      throw new Error(`no command is made for the verb \`${verb}\``);
  }
}

function startOptions(raw: RawCommand, take: Take) {
  return {
    names: raw.positionals,
    mode: raw.options.force ? 'force' : 'normal',
    port: take(portOption(raw), null),
    timeoutMs: take(durationOption(raw, 'timeout'), null),
    format: formatOf(raw.options),
  } as const;
}

function statusOptions({ detailed, all, resources, watch }: RawCommand['options']) {
  return {
    detail: all ? 'all' : detailed ? 'detailed' : 'table',
    resources: resources || all ? 'shown' : 'hidden',
    mode: watch ? 'watched' : 'once',
  } as const;
}

function logsCommand(raw: RawCommand, take: Take): Command {
  const { options } = raw;
  return {
    kind: 'logs',
    names: raw.positionals,
    mode: options.follow ? 'followed' : 'shown',
    lines: take(linesOption(raw), null),
    since: take(sinceOption(raw), null),
    only: options.errors ? 'errors' : 'all',
    timestamps: options.timestamps ? 'shown' : 'hidden',
    format: formatOf(options),
  };
}

function formatOf(options: RawCommand['options']): OutputFormat {
  return options.json ? 'json' : 'text';
}

function confirmationOf(options: RawCommand['options']): Confirmation {
  return options.yes ? 'assumed' : 'asked';
}

function writingOf(options: RawCommand['options']): Writing {
  if (options.check) return 'checked';
  if (options.diff) return 'compared';
  return options['dry-run'] ? 'previewed' : 'done';
}
