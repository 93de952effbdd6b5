import { type Candidate, defaultPort, type FoundPort } from '../candidate.ts';
import { pythonProject, pythonRequirement } from '../manifests/python-dependencies.ts';
import { pythonRunner } from '../manifests/python-runner.ts';
import { baseName, parentOf, relativePath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { settledPort } from '../source/config-port.ts';
import { envEntry } from '../source/env-files.ts';
import type { PythonApp } from '../source/python/python-apps.ts';
import { type PythonMain, pythonMain } from '../source/python/python-main.ts';
import { pythonHealth } from './python-health.ts';
import { moduleName } from './python-names.ts';
import { type DocumentedStart, documentedStart } from './python-start.ts';

/** Framework → how it is served in development and on which port by default. */
interface Serving {
  readonly program: 'flask' | 'uvicorn' | 'fastapi' | 'quart' | 'sanic' | 'litestar' | 'file';
  readonly port: number;
}

const SERVING: Readonly<Record<string, Serving>> = {
  flask: { program: 'flask', port: 5000 },
  fastapi: { program: 'uvicorn', port: 8000 },
  starlette: { program: 'uvicorn', port: 8000 },
  quart: { program: 'quart', port: 5000 },
  sanic: { program: 'sanic', port: 8000 },
  litestar: { program: 'litestar', port: 8000 },
  blacksheep: { program: 'uvicorn', port: 8000 },
  robyn: { program: 'file', port: 8080 },
  dash: { program: 'file', port: 8050 },
  bottle: { program: 'file', port: 8080 },
};

/** The candidate for a Python application whose imports are written from `directory`. */
export function pythonServer(repository: Repository, root: string, app: PythonApp): Candidate {
  // With a `src` folder everything is typed beside it, where the project's manifest lies.
  const isSourceFolder = baseName(root) === 'src' && pythonProject(repository, root)?.directory === parentOf(root);
  const directory = isSourceFolder ? parentOf(root) : root;
  const serving = SERVING[app.framework] ?? { program: 'uvicorn', port: 8000 };
  const runner = pythonRunner(repository, directory);
  const start = documentedStart(repository, directory, app);
  const main = pythonMain(repository, start?.file ?? app.file) ?? pythonMain(repository, app.file);
  const runsFile =
    serving.program === 'file' ||
    start?.program === 'file' ||
    (start === undefined && main !== undefined && serving.program !== 'flask');
  const file = relativePath(directory, start?.file ?? app.file);
  const port = portOf(repository, directory, { main, start, serving, runsFile });
  const commands = commandsFor(repository, { directory, root, app, serving });
  const requirement = pythonRequirement(repository, directory, app.framework);
  const usesFileForConfig = serving.program === 'file' || (runsFile && main !== undefined && !isPlainRun(main));
  return {
    cwd: directory,
    home: directory,
    ecosystem: 'python',
    framework: app.framework,
    kind: app.framework === 'dash' ? 'fullstack' : 'backend',
    label: null,
    entry: app.file,
    command: usesFileForConfig ? `${runner.python} ${file}` : `${runner.python} -m ${commands.config}`,
    developerCommand: start?.text ?? `${runner.prefix}${runsFile ? `python ${file}` : commands.developer}`,
    port: port.port,
    portSource: port.source,
    portRank: port.rank,
    ...pythonHealth(repository, app),
    confidence: requirement === undefined ? 0.75 : 0.95,
    evidence: [
      {
        file: app.file,
        line: app.line,
        says: app.isFactory
          ? `\`${app.name}\` makes a ${app.framework} application`
          : `\`${app.name}\` is a ${app.framework} application`,
      },
      ...(requirement === undefined
        ? []
        : [{ file: requirement.file, line: null, says: `requires ${requirement.name}` }]),
      ...(start === undefined ? [] : [{ file: start.source, line: start.line, says: `says \`${start.text}\`` }]),
      { file: runner.file, line: null, says: runner.says },
    ],
    env: usesFileForConfig && port.variable !== null && port.variable !== 'PORT' ? { [port.variable]: '$PORT' } : {},
    alternatives:
      runsFile && !usesFileForConfig
        ? [{ command: `${runner.python} ${file}`, why: 'the file serves itself when run' }]
        : [],
    basis: start === undefined ? 'inferred' : 'named',
  };
}

/** `app.run(…)` and `uvicorn.run(…)` do nothing that the server's own command would not; others set more up. */
function isPlainRun(main: PythonMain): boolean {
  return /^(app|application|uvicorn|api|server)$/.test(main.runner);
}

interface PortFacts {
  readonly main: PythonMain | undefined;
  readonly start: DocumentedStart | undefined;
  readonly serving: Serving;
  readonly runsFile: boolean;
}

function portOf(repository: Repository, directory: string, { main, start, serving, runsFile }: PortFacts): FoundPort {
  if (start?.port != null && start.port >= 1024)
    return {
      port: start.port,
      source: start.line === null ? start.source : `${start.source}:${start.line}`,
      rank: 4,
      variable: null,
    };
  if (main !== undefined && (runsFile || start === undefined)) {
    const found = settledPort(repository, directory, main.port, `${main.file}:${main.line}`);
    if (found.port !== null && found.port >= 1024) return found;
  }
  const set = serving.program === 'flask' ? envEntry(repository, directory, 'FLASK_RUN_PORT') : undefined;
  if (set !== undefined) return { port: Number(set.value), source: `${set.file}:${set.line}`, rank: 3, variable: null };
  return defaultPort(serving.port);
}

interface CommandFacts {
  readonly directory: string;
  /** Where imports are written from. */
  readonly root: string;
  readonly app: PythonApp;
  readonly serving: Serving;
}

function commandsFor(
  repository: Repository,
  { directory, root, app, serving }: CommandFacts,
): { config: string; developer: string } {
  const folder = root === directory ? '' : ` --app-dir ${relativePath(directory, root)}`;
  const module = moduleName(root, app.file);
  const path = relativePath(directory, app.file);
  const target = `${module}:${app.name}`;
  const factory = app.isFactory ? ' --factory' : '';
  if (serving.program === 'flask') {
    const set = envEntry(repository, directory, 'FLASK_APP');
    const isFound = set !== undefined && !set.isExample;
    const isUsual = /^(app|wsgi)(\.py)?$/.test(module) && /^(app|application|create_app|make_app)$/.test(app.name);
    const place = folder === '' ? module : path;
    const named = /^(app|application|create_app|make_app)$/.test(app.name) ? place : `${place}:${app.name}`;
    const flag = isFound || isUsual ? '' : `--app ${named} `;
    // Before `run`: Flask takes it there from 2.2 on, behind `run` only from 2.2.3.
    return {
      config: `flask ${isFound ? '' : `--app ${named} `}--debug run --port $PORT`,
      developer: `flask ${flag}run --debug`,
    };
  }
  if (serving.program === 'quart' || serving.program === 'litestar')
    return {
      config: `${serving.program} --app ${target} run --reload --port $PORT`,
      developer: `${serving.program} --app ${target} run`,
    };
  if (serving.program === 'sanic')
    return { config: `sanic ${target}${factory} --dev --port $PORT`, developer: `sanic ${target}${factory} --dev` };
  const uvicorn = `uvicorn ${target}${factory}${folder} --reload`;
  if (app.framework === 'fastapi' && !app.isFactory && hasFastapiCli(repository, directory)) {
    return { config: `fastapi dev ${path} --port $PORT`, developer: `fastapi dev ${path}` };
  }
  return { config: `${uvicorn} --port $PORT`, developer: uvicorn };
}

function hasFastapiCli(repository: Repository, directory: string): boolean {
  const extras = pythonRequirement(repository, directory, 'fastapi')?.extras ?? [];
  return (
    extras.includes('standard') ||
    extras.includes('all') ||
    pythonRequirement(repository, directory, 'fastapi-cli') !== undefined
  );
}
