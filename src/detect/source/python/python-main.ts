import { frameworkOfClass } from '../../frameworks/python-frameworks.ts';
import type { Repository } from '../../repository/repository.ts';
import type { StaticValue } from '../static-value.ts';
import { evaluatePython } from './evaluate-python.ts';
import { keywordOf, type PythonExpression, splitName } from './python-expression.ts';
import type { PlacedCall, PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';

/** What running a Python file as a program serves. */
export interface PythonMain {
  readonly file: string;
  readonly line: number;
  /** The object whose method serves: `app`, `uvicorn`, `socketio` and the like; empty for a plain function. */
  readonly runner: string;
  readonly port: StaticValue;
}

const RUNS = new Set(['run', 'run_app', 'serve', 'run_server', 'launch', 'serve_forever']);
const SERVERS = /^(uvicorn|hypercorn|waitress|web|eel|gunicorn|granian|bottle|werkzeug)$/;
const APPLICATIONS = /^(app|application|api|server|socketio|socket_io|sio|demo|mcp|dash_app|flask_app)$/;
const OTHERS = /subprocess|asyncio|os|cli|parser|runner|pytest|loop/;

/** The serving call of a file that is run directly; `undefined` when it has none. */
export function pythonMain(repository: Repository, file: string): PythonMain | undefined {
  const module = readPython(repository, file);
  const serving = module?.calls.filter((call) => isServing(module, call)) ?? [];
  const call = serving.find(({ isMain }) => isMain) ?? serving[0];
  if (module === undefined || call === undefined) return undefined;
  const port = evaluatePython(repository, module, portArgument(call));
  return { file, line: call.line, runner: splitName(call.name).holder, port };
}

/** The argument of a serving call that is the port, or `undefined`. */
export function portArgument(call: PlacedCall): PythonExpression | undefined {
  return (
    keywordOf(call, 'port', 'server_port', 'http_port') ??
    call.arguments.find((argument, index) => index > 0 && argument.kind === 'number' && argument.value > 9)
  );
}

function isServing(module: PythonModule, call: PlacedCall): boolean {
  const { holder, last } = splitName(call.name);
  if (!RUNS.has(last)) return false;
  const origin = module.imports.get(holder.split('.')[0] ?? '')?.module;
  if (holder === '') return SERVERS.test(module.imports.get(last)?.module ?? '');
  if (SERVERS.test(holder)) return true;
  if (OTHERS.test(holder)) return false;
  if (APPLICATIONS.test(holder)) return true;
  if (origin !== undefined) return /app|server|main|flask/.test(origin);
  const value = module.values.get(holder);
  return value?.kind === 'call' && makesServer(module, value.name);
}

function makesServer(module: PythonModule, name: string): boolean {
  const origin = module.imports.get(name.split('.')[0] ?? '')?.module ?? '';
  const { last } = splitName(name);
  return frameworkOfClass(last, origin) !== undefined || last === 'SocketIO' || last === 'create_app';
}
