import { type Candidate, defaultPort, type FoundPort, NO_PORT } from '../../candidate.ts';
import { type PythonFramework, pythonFramework } from '../../frameworks/python-frameworks.ts';
import { pythonProject, pythonRequirement } from '../../manifests/python-dependencies.ts';
import { pythonRunner } from '../../manifests/python-runner.ts';
import { baseName, parentOf, relativePath } from '../../repository/paths.ts';
import { placeText } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { settledPort } from '../../source/config-port.ts';
import { envEntry } from '../../source/env-files.ts';
import { evaluatePython } from '../../source/python/evaluate-python.ts';
import type { PythonApp } from '../../source/python/python-apps.ts';
import { type PythonMain, pythonMain } from '../../source/python/python-main.ts';
import { pythonRoutes } from '../../source/python/python-routes.ts';
import { readPython } from '../../source/python/read-python.ts';
import { placedWsgiPort } from '../../source/python/wsgi-config-port.ts';
import { type FoundHealth, healthAmong } from '../found-health.ts';
import { portEnvironment, propose } from '../propose.ts';
import { type DocumentedStart, documentedStart } from './documented-start.ts';
import { fillTemplate, gunicornCommands, type PythonTarget } from './start-template.ts';

/** What is known of an application and of the ways to start it. */
interface PythonServer extends PythonTarget {
  readonly framework: PythonFramework;
  /** How the repository's own texts start it. */
  readonly start: DocumentedStart | undefined;
  /** What running its file does. */
  readonly main: PythonMain | undefined;
  /** The file that is run, as typed; `null` where a program is given the application. */
  readonly file: string | null;
}

/** The candidate for a Python application whose imports are written from `root`. */
export function pythonApplication(repository: Repository, root: string, app: PythonApp): Candidate {
  const server = surveyServer(repository, root, app);
  const { directory, start, framework } = server;
  const runner = pythonRunner(repository, directory);
  const port = portOf(server);
  const requirement = pythonRequirement(repository, directory, framework.name);
  const commands = (isOnlyConfigured(server) ? gunicornCommands(server) : undefined) ?? fillTemplate(server, framework);
  const runsFile = server.file !== null;
  // `app.run(…)` and `uvicorn.run(…)` do nothing that the server's own command would not; others set more up.
  const isFileNeeded =
    commands === undefined || (runsFile && server.main !== undefined && !isPlainRun(server.main.runner));
  const fileCommand = `python ${server.file ?? relativePath(directory, app.file)}`;
  const ownFile = `${runner.python} ${fileCommand.slice('python '.length)}`;
  const sourced = start?.sourced ?? [];
  return propose({
    cwd: directory,
    ecosystem: 'python',
    framework: framework.name,
    kind: framework.kind,
    entry: app.file,
    command: [...sourced, isFileNeeded ? ownFile : `${runner.python} -m ${commands.config}`].join(' && '),
    developerCommand:
      start?.text ?? `${runner.prefix}${runsFile || commands === undefined ? fileCommand : commands.developer}`,
    port,
    health: applicationHealth(repository, app, framework),
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
    env: isFileNeeded ? portEnvironment(port) : commands.env,
    docs: framework.health?.isDocumentation ? frameworkPage(repository, app, framework) : null,
    alternatives: runsFile && !isFileNeeded ? [{ command: ownFile, why: 'the file serves itself when run' }] : [],
    basis: start === undefined ? 'inferred' : 'named',
  });
}

function surveyServer(repository: Repository, root: string, app: PythonApp): PythonServer {
  // With a `src` folder everything is typed beside it, where the project's manifest lies.
  const isSourceFolder = baseName(root) === 'src' && pythonProject(repository, root)?.directory === parentOf(root);
  const directory = isSourceFolder ? parentOf(root) : root;
  const framework = pythonFramework(app.framework);
  const start = documentedStart({ repository, directory }, app);
  const main = pythonMain(repository, start?.file ?? app.file) ?? pythonMain(repository, app.file);
  const runsFile =
    framework.start === undefined ||
    start?.program === 'file' ||
    (start === undefined && main !== undefined && framework.start.beforeFile !== true);
  const file = runsFile ? relativePath(directory, start?.file ?? app.file) : null;
  return { repository, directory, root, app, framework, start, main, file };
}

/** Nothing says how it is started: a WSGI server's own configuration is then the best that is known. */
function isOnlyConfigured({ framework, start, main }: PythonServer): boolean {
  return framework.isWsgi === true && start === undefined && main === undefined;
}

function isPlainRun(runner: string): boolean {
  return /^(app|application|uvicorn|api|server)$/.test(runner);
}

/** Ports below are those of production servers, or need rights that developers do not have. */
const LOWEST_PORT = 1024;

function portOf(server: PythonServer): FoundPort {
  const { repository, directory, start, main, framework, file } = server;
  if (start?.port != null && start.port >= LOWEST_PORT)
    return { port: start.port, source: placeText(start.source, start.line), rank: 4, variable: null };
  // `--port $PORT` in a command says nothing of the port that the program has by itself.
  const isOpen = start === undefined || start.text.includes('$');
  if (main !== undefined && (file !== null || isOpen)) {
    const found = settledPort(server, main.port, placeText(main.file, main.line));
    if (found.port !== null && found.port >= LOWEST_PORT) return found;
  }
  const configured = isOnlyConfigured(server) ? placedWsgiPort(server) : NO_PORT;
  if (configured.port !== null && configured.port >= LOWEST_PORT) return configured;
  const variable = framework.program?.portVariable;
  const set = variable === undefined ? undefined : envEntry(repository, directory, variable);
  if (set !== undefined)
    return { port: Number(set.value), source: placeText(set.file, set.line), rank: 3, variable: null };
  return defaultPort(framework.port);
}

/**
 * The health endpoint among an application's routes; the page that its framework gives it or the root page otherwise.
 */
function applicationHealth(repository: Repository, app: PythonApp, framework: PythonFramework): FoundHealth {
  return healthAmong(pythonRoutes(repository, app.file), frameworkPage(repository, app, framework));
}

function frameworkPage(repository: Repository, app: PythonApp, { health }: PythonFramework): string | null {
  if (health?.keyword === undefined) return health?.path ?? null;
  const module = readPython(repository, app.file);
  const construction = module?.values.get(app.name);
  const written = construction?.kind === 'call' ? construction.keywords.get(health.keyword) : undefined;
  if (module === undefined || written === undefined) return health.path;
  const { literal } = evaluatePython(repository, module, written);
  return typeof literal === 'string' ? literal : null;
}
