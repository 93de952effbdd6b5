import { readPackageJson } from './manifests/package-json.ts';
import { at, loadJson, textsOf } from './repository/load-data.ts';
import type { Repository } from './repository/repository.ts';

/** Watchers over the whole root that would restart their server for each line of its own log. */
export function notesOnWatchers(repository: Repository): readonly string[] {
  const manifest = readPackageJson(repository, '.');
  const scripts = Object.values(manifest?.scripts ?? {});
  const settings = [manifest?.nodemon, loadJson(repository, 'nodemon.json')].find((each) => each !== undefined);
  const isIgnoring =
    settings === undefined || textsOf(at(settings, 'ignore')).some((path) => /^(?:\.\/)?logs\b/.test(path));
  const isNarrow = at(settings, 'watch') !== undefined;
  return [
    ...(isIgnoring || isNarrow || !scripts.some((script) => /\bnodemon\b/.test(script))
      ? []
      : ['nodemon restarts its server for what devgen writes to `logs/`: add "logs/" to `ignore` in its settings.']),
    ...(scripts.some((script) => /--watch-path[= ]\.\/?(?=\s|$)/.test(script))
      ? ['`--watch-path=.` restarts its server for each line of its own log: name the folder of the code instead.']
      : []),
  ];
}
