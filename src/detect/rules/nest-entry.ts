import { plainWords } from '../commands/flags.ts';
import type { Launch } from '../commands/launch.ts';
import { asText, at, loadJson } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/**
 * The file that `nest start [PROJECT]` runs, when it is there.
 * Source: Nest's documentation, "Workspaces", the keys of `nest-cli.json`.
 */
export function nestEntry(repository: Repository, { cwd, words }: Launch): string | undefined {
  const settings = loadJson(repository, joinPath(cwd, 'nest-cli.json'));
  const name = plainWords(words.slice(2), ['-b', '--builder', '-c', '--config', '-p', '--path', '-e', '--exec'])[0];
  const project = name === undefined ? undefined : at(settings, 'projects', name);
  const folder = asText(at(project, 'sourceRoot')) ?? asText(at(settings, 'sourceRoot')) ?? 'src';
  const stem = asText(at(project, 'entryFile')) ?? asText(at(settings, 'entryFile')) ?? 'main';
  return ['.ts', '.js', '.mts'].map((ending) => joinPath(cwd, folder, stem + ending)).find(repository.has);
}
