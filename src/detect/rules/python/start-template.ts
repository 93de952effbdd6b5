import type { PythonFramework } from '../../frameworks/python-frameworks.ts';
import { pythonRequirement } from '../../manifests/python-dependencies.ts';
import { joinPath, relativePath } from '../../repository/paths.ts';
import type { RepositoryPlace } from '../../repository/place.ts';
import { envEntry } from '../../source/env-files.ts';
import type { PythonApp } from '../../source/python/python-apps.ts';
import { moduleName } from './python-names.ts';

/** An application and the directory in which it is started. */
export interface PythonTarget extends RepositoryPlace {
  /** Where imports are written from. */
  readonly root: string;
  readonly app: PythonApp;
}

/** How an application is started: in the config, and by developers. */
export interface StartCommands {
  readonly config: string;
  readonly developer: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What the placeholder `{app}` becomes: a flag for developers, the name alone in the environment. */
interface FlaskNames {
  readonly flag: string;
  readonly name: string;
}

/** Names that Flask finds by itself in a module. */
const FOUND_BY_FLASK = /^(app|application|create_app|make_app)$/;

/** The commands that a framework's row gives for an application; `undefined` where only running the file serves. */
export function fillTemplate(target: PythonTarget, framework: PythonFramework): StartCommands | undefined {
  const { directory, root, app } = target;
  const path = relativePath(directory, app.file);
  if (framework.name === 'fastapi' && !app.isFactory && hasFastapiCli(target))
    return { config: `fastapi dev ${path} --port $PORT`, developer: `fastapi dev ${path}`, env: {} };
  const values: Readonly<Record<string, string>> = {
    path,
    target: `${moduleName(root, app.file)}:${app.name}`,
    factory: app.isFactory ? ' --factory' : '',
    folder: root === directory ? '' : ` --app-dir ${relativePath(directory, root)}`,
  };
  const fill = (template: string, flask: string): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'app' ? flask : (values[name] ?? '')));
  if (framework.start === undefined) return undefined;
  const flask = flaskNames(target);
  const env = Object.entries(framework.start.env ?? {}).map(([key, value]) => [key, fill(value, flask.name)] as const);
  return {
    config: fill(framework.start.config, ''),
    developer: fill(framework.start.developer, flask.flag),
    env: Object.fromEntries(env.filter(([, value]) => value !== '')),
  };
}

/**
 * The commands of gunicorn, where the repository requires and configures it: `undefined` otherwise.
 * Source: gunicorn's documentation, "Settings": `gunicorn.conf.py` is read where it is started.
 */
export function gunicornCommands({ repository, directory, root, app }: PythonTarget): StartCommands | undefined {
  const isConfigured = repository.has(joinPath(directory, 'gunicorn.conf.py'));
  if (!isConfigured || pythonRequirement(repository, directory, 'gunicorn') === undefined) return undefined;
  const name = `${moduleName(root, app.file)}:${app.name}`;
  const folder = root === directory ? '' : `--chdir ${relativePath(directory, root)} `;
  const developer = `gunicorn ${folder}${app.isFactory ? `'${name}()'` : name}`;
  return { config: `${developer} --reload --bind 127.0.0.1:$PORT`, developer, env: {} };
}

/** The application, where no env file has `FLASK_APP`; developers leave out what Flask finds by itself. */
function flaskNames({ repository, directory, root, app }: PythonTarget): FlaskNames {
  const module = moduleName(root, app.file);
  const set = envEntry(repository, directory, 'FLASK_APP');
  const isSet = set !== undefined && !set.isExample;
  const isUsual = /^(app|wsgi)(\.py)?$/.test(module) && FOUND_BY_FLASK.test(app.name);
  const place = root === directory ? module : relativePath(directory, app.file);
  const named = FOUND_BY_FLASK.test(app.name) ? place : `${place}:${app.name}`;
  return { name: isSet ? '' : named, flag: isSet || isUsual ? '' : `--app ${named} ` };
}

function hasFastapiCli({ repository, directory }: RepositoryPlace): boolean {
  const extras = pythonRequirement(repository, directory, 'fastapi')?.extras ?? [];
  return (
    extras.includes('standard') ||
    extras.includes('all') ||
    pythonRequirement(repository, directory, 'fastapi-cli') !== undefined
  );
}
