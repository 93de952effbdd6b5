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
import { type FoundHealth, soughtHealth } from '../found-health.ts';
import { writtenPort } from '../program-candidate.ts';
import { portEnvironment, propose } from '../propose.ts';
import { type DocumentedStart, documentedStart } from './documented-start.ts';
import { LOWEST_PORT } from './lowest-port.ts';
import { fillTemplate, gunicornCommands, type PythonTarget } from './start-template.ts';
import { type WsgiStart, wsgiStart } from './wsgi-start.ts';

/** What is known of an application and of the ways to start it. */
interface PythonServer extends PythonTarget {
  readonly framework: PythonFramework;
  /** How the repository's own texts start it. */
  readonly start: DocumentedStart | undefined;
  /** The call of a server for any application that they have instead. */
  readonly wsgi: WsgiStart | undefined;
  /** What running its file does. */
  readonly main: PythonMain | undefined;
  /** The file that is run, as typed; `null` where a program is given the application. */
  readonly file: string | null;
}

/** The candidate for a Python application whose imports are written from `root`. */
export function pythonApplication(repository: Repository, root: string, app: PythonApp): Candidate {
  const server = surveyServer(repository, root, app);
  const { directory, start, wsgi, framework } = server;
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
  const written = wsgi?.isTyped === true ? wsgi : undefined;
  return propose({
    cwd: directory,
    ecosystem: 'python',
    framework: framework.name,
    kind: framework.kind,
    entry: app.file,
    command:
      written?.command ?? [...sourced, isFileNeeded ? ownFile : `${runner.python} -m ${commands.config}`].join(' && '),
    developerCommand:
      start?.text ??
      written?.text ??
      `${runner.prefix}${runsFile || commands === undefined ? fileCommand : commands.developer}`,
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
      ...[start, wsgi].flatMap((said) =>
        said === undefined ? [] : [{ file: said.source, line: said.line, says: `says \`${said.text}\`` }],
      ),
      { file: runner.file, line: null, says: runner.says },
    ],
    env: written?.env ?? (isFileNeeded ? portEnvironment(port) : commands.env),
    docs: framework.health?.isDocumentation ? frameworkPage(repository, app, framework) : null,
    alternatives: runsFile && !isFileNeeded ? [{ command: ownFile, why: 'the file serves itself when run' }] : [],
    basis: start === undefined && written === undefined ? 'inferred' : 'named',
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
  const target = { repository, directory, root, app };
  const wsgi = start === undefined ? wsgiStart(target, main === undefined ? 'any' : 'development') : undefined;
  return { ...target, framework, start, wsgi, main, file };
}

/** Nothing says how it is started: a WSGI server's own configuration is then the best that is known. */
function isOnlyConfigured({ framework, start, wsgi, main }: PythonServer): boolean {
  return framework.isWsgi === true && (start ?? wsgi ?? main) === undefined;
}

function isPlainRun(runner: string): boolean {
  return /^(app|application|uvicorn|api|server)$/.test(runner);
}

function portOf(server: PythonServer): FoundPort {
  const { repository, directory, start, wsgi, main, framework, file } = server;
  if (wsgi !== undefined) return wsgi.port;
  const given = start === undefined ? NO_PORT : givenPort(server, start);
  if (given.port !== null) return given;
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

/** The port that what runs a start sets for it: `FLASK_RUN_PORT=4000`, or the variable that the file reads. */
function givenPort({ repository, directory, framework, main }: PythonServer, start: DocumentedStart): FoundPort {
  const variable = (start.program === 'file' ? main?.port.variable : framework.program?.portVariable) ?? null;
  const value = variable === null || start.port !== null ? undefined : start.env[variable];
  if (value === undefined) return NO_PORT;
  return { ...writtenPort({ repository, directory }, value, placeText(start.source, start.line)), variable };
}

/**
 * The health endpoint among an application's routes; the page that its framework gives it or the root page otherwise.
 */
function applicationHealth(repository: Repository, app: PythonApp, framework: PythonFramework): FoundHealth {
  const page = frameworkPage(repository, app, framework);
  return soughtHealth((wanted) => pythonRoutes(repository, app.file, wanted), page);
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
