import type { Repository } from '../../repository/repository.ts';
import { child, type JavaScriptModule, nameOf, readModule } from './javascript-module.ts';

const MAX_MODULES = 160;
/** Files that by their name register routes or decide the port: read before the rest of a large program. */
const TELLING =
  /(health|route|controller|server|main|config|env|constant|setting|app[.-]|modules?[./-]|api|plugin|index)/i;

/** The modules that an entry file pulls in from the repository itself, nearest first, the entry first. */
export function moduleGraph(repository: Repository, entry: string): readonly JavaScriptModule[] {
  return repository.remember(`graph:${entry}`, () => {
    const telling = [entry];
    const others: string[] = [];
    const seen = new Set(telling);
    const modules: JavaScriptModule[] = [];
    while (modules.length < MAX_MODULES) {
      const file = telling.shift() ?? others.shift();
      if (file === undefined) break;
      const module = readModule(repository, file);
      if (module === undefined) continue;
      modules.push(module);
      for (const { file: imported } of module.imports) {
        if (imported === null || seen.has(imported)) continue;
        seen.add(imported);
        (TELLING.test(imported.slice(imported.lastIndexOf('/') + 1)) ? telling : others).push(imported);
      }
    }
    return modules;
  });
}

/** The names that an entry file and its modules read from `process.env`. */
export function environmentVariables(repository: Repository, entry: string): readonly string[] {
  const names = moduleGraph(repository, entry).flatMap((module) =>
    module.nodes.flatMap((node) => {
      const holder = node.type === 'MemberExpression' ? child(node, 'object') : undefined;
      const isEnvironment = holder?.type === 'MemberExpression' && nameOf(child(holder, 'property')) === 'env';
      return isEnvironment ? (nameOf(child(node, 'property')) ?? []) : [];
    }),
  );
  return [...new Set(names)];
}
