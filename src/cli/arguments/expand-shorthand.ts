import { type CommandName, isCommandName, serviceActions } from '../../base/commands.ts';

/** What else than a command may come first. */
export interface KnownNames {
  readonly services: readonly string[];
  readonly tasks: readonly string[];
}

/** An argv with its command in front; `unknown`: its first word is neither a command nor about a service or task. */
export type Expanded =
  | { readonly kind: 'command'; readonly name: CommandName; readonly rest: readonly string[] }
  | { readonly kind: 'unknown'; readonly word: string };

const VERSION_OPTIONS = ['--version', '-V'];

/**
 * Puts the command's name in front: nothing or only options mean `up`, `NAME…` means `up NAME…`, `NAME-ACTION` means
 * `ACTION NAME`, `TASK` means `run TASK`. A command wins over a service, a service over `NAME-ACTION`, that over a
 * task.
 */
export function expandShorthand(argv: readonly string[], { services, tasks }: KnownNames): Expanded {
  const [word, ...rest] = argv;
  if (word !== undefined && VERSION_OPTIONS.includes(word)) return command('version', rest);
  if (word === undefined || word.startsWith('-')) return command('up', argv);
  if (isCommandName(word)) return command(word, rest);
  if (services.includes(word)) return command('up', argv);
  const dash = word.lastIndexOf('-');
  const service = word.slice(0, dash);
  const action = serviceActions().find((each) => each.word === word.slice(dash + 1));
  if (dash > 0 && action !== undefined && services.includes(service)) {
    return command(action.command, [service, ...action.options, ...rest]);
  }
  return tasks.includes(word) ? command('run', argv) : { kind: 'unknown', word };
}

/** Whether only the plan can tell what the first word means. */
export function needsProjectNames(argv: readonly string[]): boolean {
  const [word] = argv;
  return word !== undefined && !word.startsWith('-') && !isCommandName(word);
}

function command(name: CommandName, rest: readonly string[]): Expanded {
  return { kind: 'command', name, rest };
}
