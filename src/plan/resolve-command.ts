import type { ResolvedCommand } from '../platform/resolved-command.ts';
import type { Lookup } from './expand.ts';
import { splitWords } from './split-words.ts';

/**
 * What to execute for a command line. Without shell syntax it is run directly, one process fewer: its words are those
 * that `sh` would make, except that a variable's value is never split nor taken for a pattern.
 */
export function resolveCommand(command: string, environment: Readonly<Record<string, string>>): ResolvedCommand {
  const lookup: Lookup = (name) => (Object.hasOwn(environment, name) ? environment[name] : undefined);
  const text = command.trim();
  const [file, ...args] = splitWords(text, lookup) ?? [];
  return file === undefined || file === '' || SHELL_WORDS.has(file)
    ? { kind: 'shell', text }
    : { kind: 'direct', file, args };
}

/** Reserved words, and builtins that no program of the same name can stand for. */
const SHELL_WORDS: ReadonlySet<string> = new Set([
  ...['if', 'then', 'else', 'elif', 'fi', 'for', 'while', 'until', 'do', 'done', 'case', 'esac', 'in', '{', '}', '!'],
  ...['function', 'select', 'time', '[[', 'coproc'],
  ...['.', ':', 'alias', 'bg', 'break', 'cd', 'command', 'continue', 'eval', 'exec', 'exit', 'export', 'fc', 'fg'],
  ...['getopts', 'hash', 'jobs', 'local', 'read', 'readonly', 'return', 'set', 'shift', 'source', 'times', 'trap'],
  ...['type', 'typeset', 'declare', 'ulimit', 'umask', 'unalias', 'unset', 'wait'],
]);
