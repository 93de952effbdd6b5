import { asText, at, entriesOf, loadJson, textsOf } from '../../repository/load-data.ts';
import { joinPath, parentOf, upwardsFrom } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';

const CONFIGS = ['tsconfig.json', 'tsconfig.base.json', 'jsconfig.json', 'tsconfig.app.json'];

/**
 * The repository paths that the nearest `compilerOptions.paths` gives an import, without file extension; empty when
 * none fits.
 */
export function aliasTargets(repository: Repository, file: string, specifier: string): readonly string[] {
  for (const config of configsAbove(repository, parentOf(file))) {
    const targets = targetsIn(repository, config, specifier);
    if (targets.length > 0) return targets;
  }
  return [];
}

function configsAbove(repository: Repository, directory: string): readonly string[] {
  return repository.remember(`tsconfigs:${directory}`, () =>
    upwardsFrom(directory)
      .flatMap((above) => CONFIGS.map((name) => joinPath(above, name)))
      .filter(repository.has),
  );
}

function targetsIn(repository: Repository, config: string, specifier: string): readonly string[] {
  const options = at(loadJson(repository, config), 'compilerOptions');
  const base = joinPath(parentOf(config), asText(at(options, 'baseUrl')) ?? '.');
  return entriesOf(at(options, 'paths')).flatMap(([pattern, targets]) => {
    const [before = '', after] = pattern.split('*');
    const isWild = after !== undefined;
    const fits = isWild
      ? specifier.startsWith(before) && specifier.endsWith(after) && specifier.length >= before.length + after.length
      : specifier === pattern;
    if (!fits) return [];
    const middle = isWild ? specifier.slice(before.length, specifier.length - after.length) : '';
    return textsOf(targets).map((target) => joinPath(base, target.replace('*', middle)));
  });
}
