import type { Repository } from '../../repository/repository.ts';
import { alternatives } from '../join-patterns.ts';
import type { PythonImport, PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';
import { resolvePython } from './resolve-python.ts';

const MAX_MODULES = 120;
/** What stands in every file that registers routes, or hands an application on to one that does. */
const ROUTING = alternatives([
  /Router\b|\brouters?\b|[bB]lueprint|[nN]amespace\(|\.mount\(|init_app|\bregister\w*\(/,
  /\.add_(?:url_rule|api_route|resource|route|get|router|namespace)\b/,
  /\.route\(|\(\s*(?:app|application|api)\b/,
]);

/**
 * The modules that an entry file pulls in from the repository itself and that have to do with routes, nearest first,
 * the entry
 * first. Models and helpers of a large program are many times as many.
 */
export function pythonRouteModules(repository: Repository, entry: string): readonly PythonModule[] {
  const queue = [entry];
  const seen = new Set(queue);
  const modules: PythonModule[] = [];
  for (let next = 0; next < queue.length && modules.length < MAX_MODULES; next++) {
    const module = readPython(repository, queue[next] ?? '');
    if (module === undefined) continue;
    modules.push(module);
    for (const imported of module.imports.values()) {
      const target = importedFile(repository, module, imported);
      if (target === undefined || seen.has(target)) continue;
      seen.add(target);
      if (ROUTING.test(repository.text(target) ?? '')) queue.push(target);
    }
  }
  return modules;
}

/** The file that an import reads: of `from package import name` the module of that name, where there is one. */
function importedFile(repository: Repository, { file }: PythonModule, imported: PythonImport): string | undefined {
  const { module, name } = imported;
  const separator = module.endsWith('.') ? '' : '.';
  const whole = name === null ? undefined : resolvePython(repository, file, `${module}${separator}${name}`);
  return whole ?? resolvePython(repository, file, module);
}
