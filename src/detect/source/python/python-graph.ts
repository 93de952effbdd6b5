import type { Repository } from '../../repository/repository.ts';
import type { PythonImport, PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';
import { resolvePython } from './resolve-python.ts';

const MAX_MODULES = 120;
/** Files that by their path register routes or decide the port: read before the rest of a large program. */
const TELLING = /health|rout|endpoint|controller|view|server|main|app|api|blueprint|config|setting|__init__|status/i;

/** The modules that an entry file pulls in from the repository itself, nearest first, the entry first. */
export function pythonGraph(repository: Repository, entry: string): readonly PythonModule[] {
  const telling = [entry];
  const others: string[] = [];
  const seen = new Set(telling);
  const modules: PythonModule[] = [];
  while (modules.length < MAX_MODULES) {
    const file = telling.shift() ?? others.shift();
    if (file === undefined) break;
    const module = readPython(repository, file);
    if (module === undefined) continue;
    modules.push(module);
    for (const imported of module.imports.values()) {
      const target = importedFile(repository, module, imported);
      if (target === undefined || seen.has(target)) continue;
      seen.add(target);
      (TELLING.test(target.slice(target.lastIndexOf('/') + 1)) ? telling : others).push(target);
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
