import { baseName, parentOf } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../javascript/javascript-routes.ts';
import type { Route } from '../route.ts';
import { callArguments } from './evaluate-python.ts';
import { readPython, resolvePython, resolvePythonName } from './read-python.ts';

/** The paths of a Django project, from its root `urls.py` through `include(…)`. */
export function djangoRoutes(repository: Repository, directory: string): readonly Route[] {
  const root = rootUrls(repository, directory);
  return root === undefined ? [] : routesOf(repository, root, '', []);
}

/** The `urls.py` beside the settings: the one that `ROOT_URLCONF` names, or the one next to `settings`. */
function rootUrls(repository: Repository, directory: string): string | undefined {
  const files = repository.filesBelow(directory).filter((file) => baseName(file) === 'urls.py');
  for (const file of repository.filesBelow(directory)) {
    if (!/settings(\/\w+)?\.py$/.test(file)) continue;
    const named = /^\s*ROOT_URLCONF\s*=\s*["']([\w.]+)["']/m.exec(repository.text(file) ?? '')?.[1];
    const found = named === undefined ? undefined : resolvePython(repository, file, named);
    if (found !== undefined) return found;
  }
  return files.find((file) => repository.filesIn(parentOf(file)).includes('settings.py')) ?? files[0];
}

function routesOf(repository: Repository, file: string, prefix: string, open: readonly string[]): readonly Route[] {
  const module = readPython(repository, file);
  if (module === undefined || open.includes(file) || open.length > 6) return [];
  return module.lines.flatMap(({ text, line }) =>
    [...text.matchAll(/\b(path|re_path|url)\(/g)].flatMap((match): readonly Route[] => {
      const [pattern = '', view = ''] = callArguments(text.slice(match.index));
      const written = /^[rfb]?["'](.*)["']$/.exec(pattern)?.[1];
      if (written === undefined) return [];
      const path = joinUrl(prefix, written.replace(/^\^/, '').replace(/\$$/, '').replace(/\/\?$/, '/'));
      const included = /^include\(\s*(?:\(\s*)?["']?([\w.]+)/.exec(view)?.[1];
      if (included === undefined) return [{ path, file, line }];
      const target =
        view.includes('"') || view.includes("'")
          ? resolvePython(repository, file, included)
          : resolvePythonName(repository, module, included)?.file;
      return target === undefined ? [] : routesOf(repository, target, path, [...open, file]);
    }),
  );
}
