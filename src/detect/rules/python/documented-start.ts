import { flagValue, portNumber } from '../../commands/flags.ts';
import type { Launch } from '../../commands/launch.ts';
import { readCommand } from '../../commands/read-command.ts';
import { pythonRunner } from '../../manifests/python-runner.ts';
import { joinPath, relativePath } from '../../repository/paths.ts';
import type { RepositoryPlace } from '../../repository/place.ts';
import type { PythonApp } from '../../source/python/python-apps.ts';
import { pythonMain } from '../../source/python/python-main.ts';
import { commandLines, type WrittenCommand } from '../command-lines.ts';
import { moduleName } from './python-names.ts';

/** A start command that the repository itself writes down for an application. */
export interface DocumentedStart {
  /** As typed in the application's directory. */
  readonly text: string;
  readonly program: 'file' | 'server';
  /** The file it runs, for `file`. */
  readonly file: string | null;
  readonly port: number | null;
  /** What it is given by the task that it stands in, or on its own line. */
  readonly env: Readonly<Record<string, string>>;
  /** The shell files that it reads first, as commands. */
  readonly sourced: readonly string[];
  readonly source: string;
  readonly line: number | null;
}

/** The application whose start is looked for, and where it would be typed. */
interface Sought extends RepositoryPlace {
  readonly app: PythonApp;
  /** What developers put in front. */
  readonly prefix: string;
}

const ORDER: readonly WrittenCommand['source'][] = ['procfile', 'script', 'task', 'readme'];
const MENTIONED = /python|py |flask|uvicorn|fastapi|quart|sanic|litestar|hypercorn/;

/** The command by which the repository's own texts start this application; `undefined` when none fits. */
export function documentedStart(place: RepositoryPlace, app: PythonApp): DocumentedStart | undefined {
  const { repository, directory } = place;
  const sought = { ...place, app, prefix: pythonRunner(repository, directory).prefix };
  const starts = commandLines(repository, directory)
    .filter((line) => ORDER.includes(line.source) && MENTIONED.test(line.text))
    .flatMap((line) =>
      readCommand(repository, line).flatMap((launch) => {
        const start = startOf(sought, launch);
        const sourced = launch.cwd === directory ? launch.sourced : [];
        return start === undefined
          ? []
          : [{ ...start, env: launch.env, sourced, source: line.file, line: line.line, from: line.source }];
      }),
    );
  const strongest = ORDER.map((source) => starts.filter(({ from }) => from === source)).find(
    ({ length }) => length > 0,
  );
  return [...(strongest ?? [])].sort(
    (a, b) => rank(a) - rank(b) || Number(b.port !== null) - Number(a.port !== null),
  )[0];
}

function rank(start: Pick<DocumentedStart, 'text' | 'program'>): number {
  return (start.text.includes('$') ? 10 : 0) + (start.program === 'server' ? 0 : 1);
}

type Start = Pick<DocumentedStart, 'text' | 'program' | 'file' | 'port'>;

function startOf(sought: Sought, launch: Launch): Start | undefined {
  if (launch.ecosystem !== 'python' || launch.role === 'production' || launch.role === 'worker') return undefined;
  return launch.role === 'file' ? fileStart(sought, launch) : serverStart(sought, launch);
}

function fileStart({ repository, directory, app, prefix }: Sought, launch: Launch): Start | undefined {
  const name =
    launch.words.slice(1).find((word) => word.endsWith('.py')) ??
    (launch.words[0]?.endsWith('.py') ? launch.words[0] : undefined);
  if (name === undefined) return undefined;
  const file = [launch.entry, joinPath(directory, name)].find((path) => path !== null && repository.has(path)) ?? null;
  if (file === null || (file !== app.file && pythonMain(repository, file) === undefined)) return undefined;
  const path = relativePath(directory, file);
  if (path.startsWith('..')) return undefined;
  return { text: `${prefix}python ${path}`, program: 'file', file, port: namedPort(launch.words) };
}

function serverStart({ directory, app, prefix }: Sought, launch: Launch): Start | undefined {
  const target = launch.words.find((word, index) => index > 0 && /^[\w.]+:\w+/.test(word))?.split(':')[0];
  const module = moduleName(directory, app.file);
  if (target !== undefined && target !== module && !target.endsWith(`.${module}`) && !module.endsWith(`.${target}`))
    return undefined;
  // What previews the documentation does not serve the application.
  if (launch.program?.kind === 'tool' || !servesFramework(launch.program?.framework, app.framework)) return undefined;
  const words =
    target === undefined || target === module
      ? launch.words
      : launch.words.map((word) => (word.startsWith(`${target}:`) ? `${module}${word.slice(target.length)}` : word));
  const text = fitted(words, directory, app);
  if (text === undefined) return undefined;
  return { text: `${prefix}${text}`, program: 'server', file: null, port: namedPort(launch.words) };
}

/** `fastapi dev` starts nothing but FastAPI, and Flask is started by nothing but its own program. */
function servesFramework(program: string | undefined, framework: string): boolean {
  if (program === 'fastapi' && framework !== 'fastapi') return false;
  return (program === 'flask') === (framework === 'flask');
}

/** `fastapi dev backend/main.py` typed in the root is `fastapi dev main.py` in its own directory. */
function fitted(words: readonly string[], directory: string, app: PythonApp): string | undefined {
  const own = relativePath(directory, app.file);
  const named = words.slice(2).find((word) => word.endsWith('.py'));
  if (named !== undefined && !own.endsWith(named.replace(/^\.\//, '')) && !named.endsWith(own)) return undefined;
  return words.map((word) => (word === named ? own : word)).join(' ');
}

function namedPort(words: readonly string[]): number | null {
  return portNumber(flagValue(words, ['--port', '-p', '--bind', '-b'])?.replace(/^.*:/, ''));
}
