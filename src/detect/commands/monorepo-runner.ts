import { workspaceMembers, workspaceRootOf } from '../manifests/workspaces.ts';
import type { Repository } from '../repository/repository.ts';
import { flagValue, plainWords } from './flags.ts';
import { readScriptCall, type ScriptCall } from './script-call.ts';

const VALUE_FLAGS = [
  '--filter',
  '-F',
  '--scope',
  '--concurrency',
  '--cwd',
  '--env-mode',
  '--ui',
  '--output-logs',
  '--cache-dir',
  '--ignore',
  '--stream',
  '--log-order',
];

/**
 * The workspace scripts that `turbo run dev`, `lerna run start`, `wsrun`, `ultra` start; `undefined` for other
 * programs.
 */
export function readMonorepoRunner(
  repository: Repository,
  words: readonly string[],
  cwd: string,
): ScriptCall | undefined {
  const [name = '', ...rest] = words;
  if (!['turbo', 'lerna', 'ultra', 'wsrun', 'lage', 'preconstruct', 'vp'].includes(name)) return undefined;
  // Vite+ has commands of its own beside `run`.
  if (name === 'vp' && rest[0] !== 'run') return undefined;
  const divider = rest.indexOf('--');
  const own = divider < 0 ? rest : rest.slice(0, divider);
  const scripts = plainWords(own, VALUE_FLAGS).filter((word) => word !== 'run' && word !== 'watch');
  const filter = flagValue(own, ['--filter', '-F', '--scope']);
  const filters = own.filter(
    (word, index) => word.startsWith('--filter=') || own[index - 1] === '--filter' || own[index - 1] === '-F',
  );
  const calls = scripts.flatMap((script) => {
    if (filter !== undefined) {
      const selection = filters.map((word) => `--filter=${word.replace(/^--filter=/, '')}`);
      return (
        readScriptCall(
          repository,
          ['pnpm', ...(selection.length > 0 ? selection : [`--filter=${filter}`]), script],
          cwd,
        ) ?? []
      );
    }
    const root = workspaceRootOf(repository, cwd) ?? cwd;
    const members = workspaceMembers(repository, root).filter((member) => member.scripts[script] !== undefined);
    return { targets: members.map((member) => ({ directory: member.directory, name: script })), extraWords: [] };
  });
  return { targets: calls.flatMap((call) => call.targets), extraWords: divider < 0 ? [] : rest.slice(divider + 1) };
}
