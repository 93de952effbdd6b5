import { baseName, depthOf, parentOf, upwardsFrom } from '../../repository/paths.ts';
import type { RepositoryPlace } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { envEntry, ownEnvEntries } from '../../source/env-files.ts';
import type { PythonApp } from '../../source/python/python-apps.ts';
import { countRegistrations } from '../../source/python/python-routes.ts';
import { commandLines } from '../command-lines.ts';
import { moduleName } from './python-names.ts';

const USUAL = ['main', 'app', 'api', 'server', 'wsgi', 'asgi', 'application', 'run', 'index', 'start', '__init__'];
const UNLIKELY = /test|example|demo|minimal|sample|mock|old|backup|bak|copy|legacy|simple|debug|tmp|stub|fake|dummy/i;

/** Registrations beyond this number say nothing more. */
const MAX_COUNTED = 10;

/**
 * The application of a directory that developers start: the one that commands or `FLASK_APP` name, then the usual file
 * names, then the one that registers the most routes and routers. Further ones in the directory are left out.
 */
export function choosePythonApp(place: RepositoryPlace, apps: readonly PythonApp[]): PythonApp | undefined {
  const { repository, directory } = place;
  const named = commandLines(repository, directory)
    .map((command) => command.text)
    .join('\n');
  const score = (app: PythonApp): number => {
    const stem = baseName(app.file).replace(/\.py$/, '');
    const position = USUAL.indexOf(stem);
    const module = moduleName(directory, app.file);
    const isNamed =
      isFlaskApp(place, app) ||
      named.includes(`${module}:`) ||
      new RegExp(`(^|[\\s/])${stem.replace(/\W/g, '.')}\\.py\\b`, 'm').test(named) ||
      named.includes(`${baseName(parentOf(app.file))}.${stem}:`);
    return (
      (isNamed ? 100 : 0) +
      (position < 0 ? 0 : 30 - position) +
      (UNLIKELY.test(stem) ? -60 : 0) +
      (app.isFactory ? -3 : 0) -
      4 * depthOf(app.file) +
      Math.min(MAX_COUNTED, countRegistrations(repository, app.file))
    );
  };
  return [...apps].sort((a, b) => score(b) - score(a) || (a.file < b.file ? -1 : 1))[0];
}

/** Whether an env file names it as Flask's: `FLASK_APP=shop.web`, `shop/web.py`, `shop:create_app()`. */
export function isFlaskApp({ repository, directory }: RepositoryPlace, { file, framework }: PythonApp): boolean {
  const set = framework === 'flask' ? envEntry(repository, directory, 'FLASK_APP') : undefined;
  const module = set?.value.replace(/:.*$/, '').replace(/\.py$/, '').replaceAll('/', '.');
  return module === moduleName(directory, file);
}

/** The directory whose own env file names an application as Flask's: that is where it is started. */
export function flaskRoot(repository: Repository, app: PythonApp): string | undefined {
  return upwardsFrom(parentOf(app.file)).find((directory) => {
    const entries = ownEnvEntries(repository, directory);
    const isNaming = entries.some(({ name, isExample }) => name === 'FLASK_APP' && !isExample);
    return isNaming && isFlaskApp({ repository, directory }, app);
  });
}
