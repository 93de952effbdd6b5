import { findCommandSpec, SERVICE_ACTIONS } from '../command-table.ts';

/** What else than a verb may come first. */
export interface KnownNames {
  readonly services: readonly string[];
  readonly tasks: readonly string[];
}

/** An argv with its verb in front; `unknown`: its first word is neither a verb nor about a service or task. */
export type Expanded =
  | { readonly kind: 'verb'; readonly verb: string; readonly rest: readonly string[] }
  | { readonly kind: 'unknown'; readonly word: string };

/**
 * Puts the canonical verb in front: nothing or only options mean `up`, `NAME…` means `up NAME…`, `NAME-ACTION` means
 * `ACTION NAME`, `TASK` means `run TASK`. A verb wins over a service, a service over `NAME-ACTION`, that over a task.
 */
export function expandShorthand(argv: readonly string[], { services, tasks }: KnownNames): Expanded {
  const [word, ...rest] = argv;
  if (word === undefined || word.startsWith('-')) return { kind: 'verb', verb: 'up', rest: argv };
  if (isVerb(word)) return { kind: 'verb', verb: word, rest };
  if (services.includes(word)) return { kind: 'verb', verb: 'up', rest: argv };
  const dash = word.lastIndexOf('-');
  const service = word.slice(0, dash);
  const action = SERVICE_ACTIONS[word.slice(dash + 1)];
  if (dash > 0 && action !== undefined && services.includes(service)) {
    return { kind: 'verb', verb: action.verb, rest: [service, ...action.flags, ...rest] };
  }
  return tasks.includes(word) ? { kind: 'verb', verb: 'run', rest: argv } : { kind: 'unknown', word };
}

/** Whether only the plan can tell what the first word means. */
export function needsProjectNames(argv: readonly string[]): boolean {
  const [word] = argv;
  return word !== undefined && !word.startsWith('-') && !isVerb(word);
}

function isVerb(word: string): boolean {
  return findCommandSpec(word) !== undefined;
}
