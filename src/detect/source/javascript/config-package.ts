import { at, loadJson, loadYaml } from '../../repository/load-data.ts';
import { joinPath, parentOf, upwardsFrom } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import type { StaticValue } from '../static-value.ts';
import { type JavaScriptModule, nameOf, type SyntaxNode } from './javascript-module.ts';

/**
 * A setting of the `config` package: its `config/` folder, development before default, and the variable that overrides
 * it.
 */
export function fromConfigFiles(repository: Repository, file: string, key: string): StaticValue {
  const parts = key.split('.');
  const read = (stem: string): unknown => {
    for (const directory of upwardsFrom(parentOf(file))) {
      const base = joinPath(directory, 'config', stem);
      const found =
        at(loadJson(repository, `${base}.json`), ...parts) ??
        at(loadYaml(repository, `${base}.yml`), ...parts) ??
        at(loadYaml(repository, `${base}.yaml`), ...parts);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const literal = read('development') ?? read('default');
  const variable = read('custom-environment-variables');
  return {
    literal: typeof literal === 'string' || typeof literal === 'number' ? literal : null,
    variable: typeof variable === 'string' ? variable : null,
  };
}

/** Whether a module has the `config` package under this name. */
export function isConfigPackage(module: JavaScriptModule, object: SyntaxNode | undefined): boolean {
  return module.imports.some((imported) => imported.specifier === 'config' && imported.names.has(nameOf(object) ?? ''));
}
