import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { flagValue } from './flags.ts';

const RUNNERS = ['foreman', 'overmind', 'hivemind', 'honcho', 'goreman', 'shoreman', 'nf', 'heroku'];

/** The Procfile that `foreman start -f Procfile.dev` and its kin would run; `undefined` for other programs. */
export function procfileOfRunner(repository: Repository, words: readonly string[], cwd: string): string | undefined {
  const [name = ''] = words;
  if (!RUNNERS.includes(name)) return undefined;
  const named =
    flagValue(words, ['-f', '--procfile', '-j', '--Procfile']) ?? words.find((word) => /^Procfile/.test(word));
  const candidates = named === undefined ? ['Procfile.dev', 'Procfile'] : [named];
  return candidates.map((candidate) => joinPath(cwd, candidate)).find((path) => repository.has(path));
}
