import type { Repository } from '../repository/repository.ts';
import { evaluatePython, keywordArgument } from '../source/python/evaluate-python.ts';
import type { PythonApp } from '../source/python/python-apps.ts';
import { pythonRoutes } from '../source/python/python-routes.ts';
import { readPython } from '../source/python/read-python.ts';
import { bestHealthRoute } from '../source/route.ts';
import type { FoundHealth } from './node-health.ts';

/** The health endpoint among an application's routes; FastAPI's documentation page or the root page otherwise. */
export function pythonHealth(repository: Repository, app: PythonApp): FoundHealth {
  const routes = pythonRoutes(repository, app.file);
  const best = bestHealthRoute(routes);
  if (best !== undefined) return { health: best.path, healthSource: 'declared' };
  if (app.framework === 'fastapi') {
    const docs = documentationPath(repository, app);
    if (docs !== null) return { health: docs, healthSource: 'framework' };
  }
  return routes.some((route) => route.path === '/')
    ? { health: '/', healthSource: 'route' }
    : { health: null, healthSource: null };
}

function documentationPath(repository: Repository, app: PythonApp): string | null {
  const module = readPython(repository, app.file);
  const call = module?.lines.find((line) => line.line === app.line)?.text ?? '';
  const written = keywordArgument(call.slice(Math.max(0, call.indexOf('='))), 'docs_url');
  if (written === undefined) return '/docs';
  const value = module === undefined ? null : evaluatePython(repository, module, written).literal;
  return typeof value === 'string' ? value : null;
}
