import type { Repository } from '../../repository/repository.ts';
import type { StaticValue } from '../static-value.ts';
import { callArguments, evaluatePython, keywordArgument } from './evaluate-python.ts';
import { readPython } from './read-python.ts';

/** What running a Python file as a program serves. */
export interface PythonMain {
  readonly file: string;
  readonly line: number;
  /** Who listens: `app.run` (development server), `uvicorn.run`, `socketio.run` and the like. */
  readonly runner: string;
  readonly port: StaticValue;
  /** `module:name`, where the call names it so. */
  readonly target: string | null;
}

const RUN = /(?:^|[\s=(])(\w+(?:\.\w+)*)\.(run|run_app|serve|run_server|launch|serve_forever)\s*\(/;

/** The serving call of a file that is run directly; `undefined` when it has none. */
export function pythonMain(repository: Repository, file: string): PythonMain | undefined {
  const module = readPython(repository, file);
  if (module === undefined) return undefined;
  for (const { text, line } of module.lines) {
    const match = RUN.exec(text);
    const receiver = match?.[1] ?? '';
    if (
      match === null ||
      !isServer(receiver, module.imports.get(receiver.split('.')[0] ?? '')?.module, module.assignments.get(receiver))
    )
      continue;
    const call = text.slice(match.index + match[0].length - 1);
    const args = callArguments(call);
    const positional = args.find((argument, index) => index > 0 && /^\d{2,5}$/.test(argument));
    const written = keywordArgument(call, 'port') ?? keywordArgument(call, 'server_port') ?? positional;
    const port =
      written === undefined ? { literal: null, variable: null } : evaluatePython(repository, module, written);
    const target = /^["']([\w.]+:\w+)["']$/.exec(args[0] ?? '')?.[1] ?? null;
    return { file, line, runner: receiver, port, target };
  }
  return undefined;
}

function isServer(receiver: string, origin: string | undefined, value: string | undefined): boolean {
  if (/^(uvicorn|hypercorn|waitress|web|eel|gunicorn|granian|bottle|werkzeug)$/.test(receiver)) return true;
  if (/subprocess|asyncio|os|cli|parser|runner|pytest|loop/.test(receiver)) return false;
  if (/^(app|application|api|server|socketio|socket_io|sio|demo|mcp|dash_app|flask_app)$/.test(receiver)) return true;
  return origin !== undefined
    ? /app|server|main|flask/.test(origin)
    : /(Flask|FastAPI|Dash|SocketIO|Sanic|Quart|Bottle|create_app)\(/.test(value ?? '');
}
