import { portNumber } from '../commands/flags.ts';
import type { Launch } from '../commands/launch.ts';
import { readCommand } from '../commands/read-command.ts';
import { pythonRunner } from '../manifests/python-runner.ts';
import { joinPath, relativePath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import type { PythonApp } from '../source/python/python-apps.ts';
import { pythonMain } from '../source/python/python-main.ts';
import { commandLines, type WrittenCommand } from './python-documented.ts';
import { moduleName, namedPort } from './python-names.ts';

/** A start command that the repository itself writes down for an application. */
export interface DocumentedStart {
  /** As typed in the application's directory. */
  readonly text: string;
  readonly program: 'file' | 'server';
  /** The file it runs, for `file`. */
  readonly file: string | null;
  readonly port: number | null;
  readonly source: string;
  readonly line: number | null;
}

const ORDER: readonly WrittenCommand['source'][] = ['procfile', 'script', 'makefile', 'readme'];

/** The command by which the repository's own texts start this application; `undefined` when none fits. */
export function documentedStart(
  repository: Repository,
  directory: string,
  app: PythonApp,
): DocumentedStart | undefined {
  const lines = commandLines(repository, directory).filter((line) => ORDER.includes(line.source));
  const starts = lines.flatMap((line) => {
    if (!/python|py |flask|uvicorn|fastapi|quart|sanic|litestar|hypercorn/.test(line.text)) return [];
    return readCommand(repository, line).flatMap((launch) => startOf(repository, directory, app, line, launch) ?? []);
  });
  const rank = (start: DocumentedStart): number =>
    (start.text.includes('$') ? 10 : 0) + (start.program === 'server' ? 0 : 1);
  const strongest = ORDER.map((source) =>
    starts.filter((start) => lines.find((line) => line.file === start.source)?.source === source),
  ).find((found) => found.length > 0);
  return [...(strongest ?? [])].sort(
    (a, b) => rank(a) - rank(b) || Number(b.port !== null) - Number(a.port !== null),
  )[0];
}

function startOf(
  repository: Repository,
  directory: string,
  app: PythonApp,
  line: WrittenCommand,
  launch: Launch,
): DocumentedStart | undefined {
  if (launch.ecosystem !== 'python' || launch.role === 'production' || launch.role === 'worker') return undefined;
  const { prefix } = pythonRunner(repository, directory);
  const shared = { port: portNumber(namedPort(launch.words)?.replace(/^.*:/, '')), source: line.file, line: line.line };
  if (launch.role === 'file') {
    const name =
      launch.words.slice(1).find((word) => word.endsWith('.py')) ??
      (launch.words[0]?.endsWith('.py') ? launch.words[0] : undefined);
    if (name === undefined) return undefined;
    const file =
      [launch.entry, joinPath(directory, name)].find((path) => path !== null && repository.has(path)) ?? null;
    if (file === null || (file !== app.file && !startsApp(repository, file))) return undefined;
    const path = relativePath(directory, file);
    return path.startsWith('..') ? undefined : { ...shared, text: `${prefix}python ${path}`, program: 'file', file };
  }
  const target = launch.words.find((word, index) => index > 0 && /^[\w.]+:\w+/.test(word))?.split(':')[0];
  const module = moduleName(directory, app.file);
  if (target !== undefined && target !== module && !target.endsWith(`.${module}`) && !module.endsWith(`.${target}`))
    return undefined;
  const isFastapi = launch.program?.framework === 'fastapi';
  if (isFastapi !== (app.framework === 'fastapi') && isFastapi) return undefined;
  if ((launch.program?.framework === 'flask') !== (app.framework === 'flask')) return undefined;
  const isHere = target === undefined || target === module;
  const words = isHere
    ? launch.words
    : launch.words.map((word) => (word.startsWith(`${target}:`) ? `${module}${word.slice(target?.length)}` : word));
  const text = fitted(words, directory, app);
  return text === undefined ? undefined : { ...shared, text: `${prefix}${text}`, program: 'server', file: null };
}

/** `fastapi dev backend/main.py` typed in the root is `fastapi dev main.py` in its own directory. */
function fitted(words: readonly string[], directory: string, app: PythonApp): string | undefined {
  const own = relativePath(directory, app.file);
  const named = words.slice(2).find((word) => word.endsWith('.py'));
  if (named !== undefined && !own.endsWith(named.replace(/^\.\//, '')) && !named.endsWith(own)) return undefined;
  return words.map((word) => (word === named ? own : word)).join(' ');
}

function startsApp(repository: Repository, file: string): boolean {
  return pythonMain(repository, file) !== undefined;
}
