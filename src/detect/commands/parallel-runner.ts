import { readPackageJson } from '../manifests/package-json.ts';
import type { Repository } from '../repository/repository.ts';
import { flagValue, plainWords } from './flags.ts';

/** One of the commands that a parallel runner starts. */
export interface Branch {
  readonly text: string;
  readonly label: string | null;
}

/** The commands that `concurrently`, `npm-run-all`, `run-p` and the like start; `undefined` for other programs. */
export function readParallelRunner(
  repository: Repository,
  words: readonly string[],
  cwd: string,
): readonly Branch[] | undefined {
  const [name = '', ...rest] = words;
  if (name === 'concurrently' || name === 'conc') return readConcurrently(repository, rest, cwd);
  if (['npm-run-all', 'npm-run-all2', 'run-p', 'run-s', 'run-pty'].includes(name))
    return readRunAll(repository, rest, cwd);
  if (name === 'wireit') return undefined;
  if (['parallelshell', 'stmux', 'multiview', 'mprocs'].includes(name))
    return unlabelled(rest.filter((word) => word.includes(' ')));
  if (name === 'start-server-and-test' || name === 'server-test') return [];
  return undefined;
}

const CONCURRENTLY_VALUES =
  `-n --names -c --prefix-colors -p --prefix -t --timestamp-format -s --success -m --max-processes -l
  --prefix-length --kill-signal --restart-tries --restart-after --handle-input --default-input-target
  --name-separator --kill-timeout --hide -P`.split(/\s+/);

function readConcurrently(repository: Repository, words: readonly string[], cwd: string): readonly Branch[] {
  const separator = flagValue(words, ['--name-separator']) ?? ',';
  const names = flagValue(words, ['-n', '--names'])?.split(separator) ?? [];
  const plain = plainWords(
    words,
    CONCURRENTLY_VALUES.filter((flag) => flag !== '-P'),
  );
  return plain.flatMap((text, index): readonly Branch[] => {
    const label = names[index]?.trim() || null;
    const shortcut = /^(npm|pnpm|yarn|bun|node|deno):(.+)$/.exec(text);
    if (shortcut === null) return [{ text, label }];
    const [, manager = 'npm', pattern = ''] = shortcut;
    const [script = '', ...after] = pattern.split(' ');
    const runner = manager === 'node' ? 'npm' : manager;
    return expand(repository, script, cwd).map((found) => ({
      text: [`${runner} run ${found}`, ...after].join(' '),
      label: label ?? found,
    }));
  });
}

function readRunAll(repository: Repository, words: readonly string[], cwd: string): readonly Branch[] {
  const plain = plainWords(words, ['-n', '--npm-path', '--max-parallel']);
  return plain.flatMap((text) => {
    const [pattern = '', ...after] = text.split(' ');
    return expand(repository, pattern, cwd).map((found) => ({
      text: [`npm run ${found}`, ...(after.length > 0 ? ['--', ...after] : [])].join(' '),
      label: found,
    }));
  });
}

function unlabelled(texts: readonly string[]): readonly Branch[] {
  return texts.map((text) => ({ text, label: null }));
}

/** `dev:*` names every script of the package with that beginning. */
function expand(repository: Repository, pattern: string, cwd: string): readonly string[] {
  if (!pattern.includes('*')) return [pattern];
  const source = pattern.replace(/\(!.*\)$/, '').replace(/\*\*|\*|[.+?^${}()|[\]\\]/g, (piece) => {
    if (piece === '**') return '.*';
    return piece === '*' ? '[^:]*' : `\\${piece}`;
  });
  const scripts = Object.keys(readPackageJson(repository, cwd)?.scripts ?? {});
  return scripts.filter((script) => new RegExp(`^${source}$`).test(script));
}
