import { baseName } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { importedFiles } from './imported-files.ts';
import { child, type JavaScriptModule, nameOf, readModule } from './javascript-module.ts';

const MAX_MODULES = 160;
/** Files that by their name register routes or decide the port: read before the rest of a large program. */
const TELLING =
  /(health|route|controller|server|main|config|env|constant|setting|app[.-]|modules?[./-]|api|plugin|index)/i;

/** The files that an entry file pulls in from the repository itself, nearest first, the entry first. */
export function fileGraph(repository: Repository, entry: string): readonly string[] {
  return repository.remember(`graph:${entry}`, () => {
    const telling = [entry];
    const others: string[] = [];
    const seen = new Set(telling);
    const files: string[] = [];
    while (files.length < MAX_MODULES) {
      const file = telling.shift() ?? others.shift();
      if (file === undefined) break;
      files.push(file);
      for (const { file: imported } of importedFiles(repository, file)) {
        if (imported === null || seen.has(imported)) continue;
        seen.add(imported);
        (TELLING.test(baseName(imported)) ? telling : others).push(imported);
      }
    }
    return files;
  });
}

/** Those of these files whose text passes a test, parsed: parsing all of a large program would cost seconds. */
export function modulesWith(
  repository: Repository,
  entry: string,
  has: (text: string) => boolean,
): readonly JavaScriptModule[] {
  return fileGraph(repository, entry)
    .filter((file) => has(repository.text(file) ?? ''))
    .flatMap((file) => readModule(repository, file) ?? []);
}

/** The names that an entry file and its modules read from `process.env`. */
export function environmentVariables(repository: Repository, entry: string): readonly string[] {
  const names = modulesWith(repository, entry, (text) => /\benv\b/.test(text)).flatMap((module) =>
    module.nodes.flatMap((node) => {
      const holder = node.type === 'MemberExpression' ? child(node, 'object') : undefined;
      const isEnvironment = holder?.type === 'MemberExpression' && nameOf(child(holder, 'property')) === 'env';
      return isEnvironment ? (nameOf(child(node, 'property')) ?? []) : [];
    }),
  );
  return [...new Set(names)];
}
