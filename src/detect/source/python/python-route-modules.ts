import { baseName } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { alternatives } from '../join-patterns.ts';
import { onTheWay } from '../on-the-way.ts';
import { HEALTH_WORDS, type WantedRoutes } from '../route.ts';
import { importedPython } from './imported-python.ts';
import type { PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';

const MAX_FILES = 400;
const MAX_MODULES = 120;
/** What stands in every file that registers routes, or hands an application on to one that does. */
const ROUTING = alternatives([
  /Router\b|\brouters?\b|[bB]lueprint|[nN]amespace\(|\.mount\(|init_app|\bregister\w*\(/,
  /\.add_(?:url_rule|api_route|resource|route|get|router|namespace)\b/,
  /\.route\(|\(\s*(?:app|application|api)\b/,
]);
/** What hangs a router below another one, wherever both of them are made. */
const MOUNTS = /\.(?:include_router|add_router|mount|register_blueprints?|blueprint|add_namespace|init_app)\(/;
/** What hands a router on to a function, if it is no decorator. */
const HANDS_ON = /^(?![ \t]*@)[^\n]*[(,]\s*(?:self\.)?(?:\w+_)?(?:app|application|api|router|blueprint|bp)\s*[,)]/m;
/** A path that is no plain text could be any. */
const COMPUTED = alternatives(
  [
    /^[ \t]*@[\w.]+\.(?:get|route|api_route|head)\(\s*(?:(?:path|rule)\s*=\s*)?(?:f["']|[A-Za-z_])/,
    /\.add_(?:url_rule|api_route|get|route)\(\s*(?:(?:path|rule)\s*=\s*)?(?:f["']|[A-Za-z_])/,
  ],
  'm',
);
const ROOT = /\(\s*(?:(?:path|rule)\s*=\s*)?["']\/?["']/;
const HEALTH = new RegExp(`(?:/_*|[nN]amespace\\(\\s*["'])(?:${HEALTH_WORDS})/?["']`, 'i');
const HEALTH_PREFIX = new RegExp(`prefix\\s*=\\s*f?["'][^"'\\n]*/(?:${HEALTH_WORDS})/?["']`, 'i');
const HEALTH_FILE = new RegExp(`^_*(?:${HEALTH_WORDS})\\b`, 'i');

/**
 * The modules that an entry file pulls in from the repository itself and that say where the wanted routes are, nearest
 * first, the entry first. The routes of a large program are many times as many, and its models and helpers more still:
 * only what leads to a text that may have such a route is parsed.
 */
export function pythonRouteModules(
  repository: Repository,
  entry: string,
  wanted: WantedRoutes,
): readonly PythonModule[] {
  const files = routingFiles(repository, entry);
  const textOf = (file: string): string => repository.text(file) ?? '';
  // Below such a prefix a route of any name can be the endpoint.
  const isAny = wanted === 'health' && files.some((file) => HEALTH_PREFIX.test(textOf(file)));
  const mayAnswer = (file: string): boolean => {
    const text = textOf(file);
    const isWanted = wanted === 'root' ? ROOT.test(text) : HEALTH_FILE.test(baseName(file)) || HEALTH.test(text);
    return isAny || isWanted || COMPUTED.test(text);
  };
  const leading = onTheWay({ files, importsOf: (file) => importedPython(repository, file) }, mayAnswer);
  const telling = new Set([entry, ...leading.filter((file) => mayAnswer(file) || HANDS_ON.test(textOf(file)))]);
  return files
    .filter((file) => telling.has(file) || MOUNTS.test(textOf(file)))
    .slice(0, MAX_MODULES)
    .flatMap((file) => readPython(repository, file) ?? []);
}

function routingFiles(repository: Repository, entry: string): readonly string[] {
  const files = [entry];
  const seen = new Set(files);
  for (let next = 0; next < files.length && files.length < MAX_FILES; next++) {
    for (const imported of importedPython(repository, files[next] ?? '')) {
      if (seen.has(imported)) continue;
      seen.add(imported);
      if (ROUTING.test(repository.text(imported) ?? '')) files.push(imported);
    }
  }
  return files;
}
