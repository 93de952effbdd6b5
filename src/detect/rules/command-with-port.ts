import { flagValue } from '../commands/flags.ts';
import type { ProgramLaunch } from '../commands/launch.ts';
import { quoteWords } from '../commands/quote-words.ts';
import type { ServerProgram } from '../commands/server-program.ts';
import { binaryCommand, packageManagerOf, scriptCommandWith } from '../manifests/package-manager.ts';
import type { Repository } from '../repository/repository.ts';

/**
 * The command for the config: the developer's own, made to take `$PORT` in the way its tool and its package manager
 * understand. Where no flag or variable can move the port it stays as written.
 */
export function commandWithPort(repository: Repository, launch: ProgramLaunch, variable: string | null): string {
  const { invocation, words, program } = launch;
  const extra = followsPort(launch, variable) ? '' : (program.portArguments ?? '');
  const manager = packageManagerOf(repository, launch.cwd);
  if (launch.ecosystem !== 'javascript') {
    if (!invocation.takesArguments) return invocation.text;
    if (invocation.script !== null) return scriptCommandWith(manager, invocation.script.name, extra);
    return replacePort(invocation.text, program, extra);
  }
  if (invocation.script !== null && invocation.takesArguments)
    return scriptCommandWith(manager, invocation.script.name, extra);
  if (invocation.script !== null && extra === '') return invocation.text;
  // What a file that is read first sets cannot be told: the line stays whole.
  if (launch.sourced.length > 0 && invocation.script === null) return replacePort(invocation.text, program, extra);
  const call = quoteWords(words);
  const binary =
    invocation.cwd === launch.cwd
      ? binaryCommand(manager, call)
      : `cd ${launch.cwd} && ${binaryCommand(manager, call)}`;
  return extra === '' ? binary : replacePort(binary, program, extra);
}

/** Whether a launch as it is written takes the `PORT` of its environment. */
export function followsPort({ words, env, program }: ProgramLaunch, variable: string | null): boolean {
  if (flagValue(words, program.portFlags ?? []) !== undefined) return variable === 'PORT';
  return program.portVariable === 'PORT' && env.PORT === undefined;
}

/** Puts `$PORT` where the command names a port; adds the tool's port arguments where it names none. */
function replacePort(text: string, program: ServerProgram, extra: string): string {
  for (const flag of program.portFlags ?? []) {
    const pattern = new RegExp(
      `(^|\\s)(${flag})(=|\\s+)((?:[\\w.*]*:)?)(?:\\d{2,5}|\\$\\{?\\w+(?::-\\d+)?\\}?)(?=\\s|$|["'])`,
    );
    if (pattern.test(text)) return text.replace(pattern, '$1$2$3$4$$PORT');
  }
  if (extra === '') return text;
  if (program.portPlace === undefined) return `${text} ${extra}`;
  const called = new RegExp(`(^|[\\s/])(${program.names.join('|')})(?=\\s|$)`);
  const bare = program.portPlace === 'alone' ? text.replace(/\s\d{2,5}(?=\s|$)/, '') : text;
  return bare.replace(called, (call) => `${call} ${extra}`);
}
