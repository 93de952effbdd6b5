import type { FoundPort } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { lineAt } from '../repository/find-line.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import { placeText, type RepositoryPlace } from '../repository/place.ts';

/** Scripts that by convention start everything and set what the processes need, and the files of task runners. */
const SCRIPTS = [
  ...['bin/dev', 'script/server', 'script/dev', 'scripts/dev', 'scripts/dev.sh', 'bin/server', 'dev.sh'],
  ...['Taskfile.yml', 'Taskfile.yaml', 'justfile', 'Justfile', 'mise.toml', '.mise.toml', 'Makefile', 'makefile'],
];

/**
 * The port that what starts a program gives a variable: `export PORT="${PORT:-3000}"`, `PORT: 3000`, `PORT ?= 3000`;
 * `undefined` when nothing does.
 */
export function startScriptPort({ repository, directory }: RepositoryPlace, variable: string): FoundPort | undefined {
  const pattern = new RegExp(
    `(?<!#.*)\\b${variable}\\s*(?:[:?]?=|:\\s)\\s*["']?(?:\\$\\{${variable}:[-=])?(\\d{2,5})\\b`,
  );
  const files = upwardsFrom(directory).flatMap((place) => SCRIPTS.map((name) => joinPath(place, name)));
  for (const file of files) {
    const text = repository.text(file) ?? '';
    const match = pattern.exec(text);
    const port = portNumber(match?.[1]);
    if (match !== null && port !== null)
      return { port, source: placeText(file, lineAt(text, match.index)), rank: 3, variable };
  }
  return undefined;
}
