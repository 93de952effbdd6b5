import { defaultPort, type FoundPort } from '../../candidate.ts';
import type { ProgramLaunch } from '../../commands/launch.ts';
import { quoteWords } from '../../commands/quote-words.ts';
import { readCommand } from '../../commands/read-command.ts';
import { pythonRunner } from '../../manifests/python-runner.ts';
import type { Repository } from '../../repository/repository.ts';
import { bindsSocketFile } from '../../source/python/wsgi-config-port.ts';
import { commandLines, type WrittenCommand } from '../command-lines.ts';
import { commandWithPort } from '../command-with-port.ts';
import { programPort } from '../program-candidate.ts';
import { portEnvironment } from '../propose.ts';
import { LOWEST_PORT } from './lowest-port.ts';
import { moduleName } from './python-names.ts';
import type { PythonTarget } from './start-template.ts';

/** How the repository's own texts serve an application with a server for any: gunicorn, waitress, uWSGI. */
export interface WsgiStart {
  /** As typed in the application's directory. */
  readonly text: string;
  /** With `$PORT` where it can be moved, and reloading. */
  readonly command: string;
  readonly port: FoundPort;
  readonly env: Readonly<Record<string, string>>;
  readonly source: string;
  readonly line: number | null;
  /** Whether developers type it; elsewhere it only says where the application is expected. */
  readonly isTyped: boolean;
}

const SERVERS = /\b(?:gunicorn|waitress-serve|uwsgi)\b/;
/** Tasks and scripts that are for developers by their names. */
const DEVELOPMENT = /^(?:dev|run|serve|develop|start-?dev|run-?dev|dev[:_-].*)$/;
/** The servers that Python starts as modules. */
const MODULES: Readonly<Record<string, string>> = { gunicorn: 'gunicorn', 'waitress-serve': 'waitress' };

/** The call that serves an application; `development`: only what is meant for developers, where its file serves too. */
export function wsgiStart(target: PythonTarget, wanted: 'any' | 'development'): WsgiStart | undefined {
  const { repository, directory } = target;
  const starts = commandLines(repository, directory)
    .filter(({ source, text }) => source !== 'dockerfile' && SERVERS.test(text))
    .flatMap((line) => readCommand(repository, line).map((launch) => ({ line, launch })))
    .flatMap(({ line, launch: { program, ...launch } }) => {
      if (program?.framework !== 'wsgi' || launch.ecosystem !== 'python') return [];
      const isMeant = launch.role === 'server' || DEVELOPMENT.test(line.name ?? '');
      const start = isMeant || wanted === 'any' ? startOf(target, { ...launch, program }, line) : undefined;
      return start === undefined ? [] : [{ ...start, isMeant }];
    });
  return starts.find(({ isMeant }) => isMeant) ?? starts.find(({ isTyped }) => isTyped) ?? starts[0];
}

function startOf(target: PythonTarget, launch: ProgramLaunch, line: WrittenCommand): WsgiStart | undefined {
  const { repository, directory } = target;
  const { words, program, env } = launch;
  if (!serves(target, words) || bindsSocketFile({ repository, directory: launch.cwd }, words)) return undefined;
  const found = programPort(repository, launch);
  const isTyped = line.source !== 'procfile' && launch.cwd === directory;
  // A deployment says nothing by a port that it does not name.
  const usual = isTyped ? program.port : null;
  const port = found.port === null ? { ...defaultPort(usual), variable: found.variable } : found;
  if (port.port === null || port.port < LOWEST_PORT) return undefined;
  const { text, command } = commandsFor(repository, launch, port);
  return {
    text,
    command,
    port,
    env: { ...plainValues(env), ...(command.includes('$PORT') ? {} : portEnvironment(port)) },
    source: line.file,
    line: line.line,
    isTyped,
  };
}

/** What means the same without make, Task or the shell that it is written for; ports are given anew at each start. */
function plainValues(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const plain = Object.entries(env).filter(([name, value]) => !/PORT$/.test(name) && /^[\w./:@, -]*$/.test(value));
  return Object.fromEntries(plain);
}

/** Whether the words name the application, or none: its configuration does then. */
function serves({ root, app }: PythonTarget, words: readonly string[]): boolean {
  const named = words.find((word, index) => index > 0 && /^[A-Za-z_][\w.]*:[A-Za-z_]\w*/.test(word))?.split(':')[0];
  const module = moduleName(root, app.file);
  return named === undefined || named === module || named.endsWith(`.${module}`) || module.endsWith(`.${named}`);
}

function commandsFor(
  repository: Repository,
  launch: ProgramLaunch,
  port: FoundPort,
): Pick<WsgiStart, 'text' | 'command'> {
  const { words, cwd, invocation } = launch;
  // `*:8080` would be the shell's, not the server's.
  const [name = '', ...rest] = words.map((word) => word.replace(/(^|=)\*:/, '$10.0.0.0:'));
  const runner = pythonRunner(repository, cwd);
  const module = MODULES[name];
  const reload = name === 'gunicorn' && !words.includes('--reload') ? ['--reload'] : [];
  const call = quoteWords([module ?? name, ...rest, ...reload]);
  const text = module === undefined ? `${runner.prefix}${call}` : `${runner.python} -m ${call}`;
  const typed = { text, script: null, takesArguments: true };
  return {
    text: `${runner.prefix}${quoteWords(words)}`,
    command: commandWithPort(repository, { ...launch, invocation: { ...invocation, ...typed } }, port.variable),
  };
}
