import type { ResolvedCommand } from '../platform/resolved-command.ts';
import { type CommandEnvironment, lookupIn } from './command-environment.ts';
import { namedVariables } from './named-variables.ts';
import { splitWords } from './split-words.ts';

/** A command with the environment that it is to run in. */
export interface RunnableCommand {
  readonly command: ResolvedCommand;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * What to execute for a command line. Without shell syntax it is run directly, one process fewer: its words are those
 * that `sh` would make, except that a variable's value is never split nor taken for a pattern. Where a shell has to put
 * in what the command line names and the processes are not given, that is in its environment after all.
 */
export function resolveCommand(commandLine: string, environment: CommandEnvironment): RunnableCommand {
  const { exported, named } = environment;
  const text = commandLine.trim();
  const [file, ...args] = splitWords(text, lookupIn(environment)) ?? [];
  if (file !== undefined && file !== '' && !SHELL_WORDS.has(file)) {
    return { command: { kind: 'direct', file, args }, environment: exported };
  }
  const names = namedVariables(text);
  const added = Object.entries(named).filter(([name]) => names.has(name));
  return { command: { kind: 'shell', text }, environment: { ...exported, ...Object.fromEntries(added) } };
}

/** Reserved words, and builtins that no program of the same name can stand for. */
const SHELL_WORDS: ReadonlySet<string> = new Set([
  ...['if', 'then', 'else', 'elif', 'fi', 'for', 'while', 'until', 'do', 'done', 'case', 'esac', 'in', '{', '}', '!'],
  ...['function', 'select', 'time', '[[', 'coproc'],
  ...['.', ':', 'alias', 'bg', 'break', 'cd', 'command', 'continue', 'eval', 'exec', 'exit', 'export', 'fc', 'fg'],
  ...['getopts', 'hash', 'jobs', 'local', 'read', 'readonly', 'return', 'set', 'shift', 'source', 'times', 'trap'],
  ...['type', 'typeset', 'declare', 'ulimit', 'umask', 'unalias', 'unset', 'wait'],
]);
