import type { Repository } from '../../repository/repository.ts';
import { either, type StaticValue, UNKNOWN_VALUE as UNKNOWN } from '../static-value.ts';
import { keywordOf, type PythonCall, type PythonExpression, splitName, textOf } from './python-expression.ts';
import type { PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';
import { resolvePythonName } from './resolve-python.ts';

const MAX_DEPTH = 8;

/** Where an expression stands: its names mean what this module makes them mean. */
interface Scope {
  readonly repository: Repository;
  readonly module: PythonModule;
  /** How many names were followed to come here. */
  readonly depth: number;
}

/**
 * What a Python expression can be said to be: literals, `os.getenv("PORT", 8000)`, constants, attributes of settings
 * classes,
 * options of argparse.
 */
export function evaluatePython(
  repository: Repository,
  module: PythonModule,
  expression: PythonExpression | undefined,
): StaticValue {
  return evaluateIn({ repository, module, depth: 0 }, expression);
}

function evaluateIn(scope: Scope, expression: PythonExpression | undefined): StaticValue {
  if (expression === undefined || scope.depth > MAX_DEPTH) return UNKNOWN;
  switch (expression.kind) {
    case 'number':
    case 'text':
      return { literal: expression.value, variable: null };
    case 'joined':
      return joinedValue(expression.pieces.map((piece) => evaluateIn(scope, piece)));
    case 'choice':
      return expression.options.map((option) => evaluateIn(scope, option)).reduce(either, UNKNOWN);
    case 'name':
      return namedValue(scope, expression.path);
    case 'item':
      return { literal: null, variable: environmentItem(expression) };
    case 'call':
      return callValue(scope, expression);
    case 'list':
    case 'none':
    case 'unknown':
      return UNKNOWN;
  }
}

/** What an address ends in is its port: the variable of that is the variable of the whole. */
function joinedValue(values: readonly StaticValue[]): StaticValue {
  const variable = values.at(-1)?.variable ?? null;
  if (values.some(({ literal }) => literal === null)) return { literal: null, variable };
  return { literal: values.map(({ literal }) => literal).join(''), variable };
}

/** `os.environ["PORT"]`. */
function environmentItem({ object, key }: Extract<PythonExpression, { kind: 'item' }>): string | null {
  const isEnvironment = object.kind === 'name' && splitName(object.path).last === 'environ';
  return isEnvironment ? (textOf(key) ?? null) : null;
}

const READS_ENVIRONMENT =
  /^((os\.)?(environ\.get|getenv)|env(iron)?(\.(int|str|get|integer|url|bool|list))?|(decouple\.)?config)$/;
const PASSES_ON = /^(int|str|float|Field|field|Option|typer\.Option)$/;

/** The variable that a call reads from the environment and what it falls back to; `undefined` for other calls. */
export function environmentRead(
  call: PythonCall,
): { readonly variable: string; readonly fallback: PythonExpression | undefined } | undefined {
  const variable = READS_ENVIRONMENT.test(call.name) ? textOf(call.arguments[0]) : undefined;
  return variable === undefined ? undefined : { variable, fallback: call.arguments[1] ?? keywordOf(call, 'default') };
}

function callValue(scope: Scope, call: PythonCall): StaticValue {
  const read = environmentRead(call);
  if (read !== undefined) return { literal: evaluateIn(scope, read.fallback).literal, variable: read.variable };
  if (PASSES_ON.test(call.name)) {
    const value = evaluateIn(scope, call.arguments[0] ?? keywordOf(call, 'default'));
    const named = textOf(keywordOf(call, 'env', 'validation_alias', 'alias', 'envvar'));
    return named === undefined ? value : { ...value, variable: named };
  }
  // A lookup in some other settings: what it falls back to is what counts in a fresh clone.
  if (splitName(call.name).last === 'get' && call.arguments.length === 2) return evaluateIn(scope, call.arguments[1]);
  return UNKNOWN;
}

function namedValue(scope: Scope, path: string): StaticValue {
  const { repository, module } = scope;
  const { holder, last } = splitName(path);
  const own = module.values.get(path);
  if (own !== undefined) return evaluateIn(deeper(scope, module), own);
  const option = parsedOption(scope, holder, last);
  if (option !== undefined) return option;
  const place = resolvePythonName(repository, module, path);
  const target = place === undefined ? undefined : readPython(repository, place.file);
  if (target === undefined) return UNKNOWN;
  const value = target.values.get(last);
  if (value !== undefined && (target !== module || holder !== '')) {
    const found = evaluateIn(deeper(scope, target), value);
    // Fields of a settings class are environment variables by their own name.
    return holder !== '' && found.variable === null ? { ...found, variable: last.toUpperCase() } : found;
  }
  return holder === '' ? UNKNOWN : fieldOfInstance(deeper(scope, target), path.split('.')[0] ?? '', last);
}

/** `settings.PORT`, where `settings = Settings()` and the class comes from another file. */
function fieldOfInstance(scope: Scope, instance: string, field: string): StaticValue {
  const construction = scope.module.values.get(instance);
  const settings = construction?.kind === 'call' ? classOf(scope, construction) : undefined;
  const value = settings?.values.get(field);
  if (settings === undefined || value === undefined) return UNKNOWN;
  const found = evaluateIn(deeper(scope, settings), value);
  return found.variable === null ? { ...found, variable: field.toUpperCase() } : found;
}

/** The module whose class a call makes an instance of, also through functions that return one: `get_settings()`. */
function classOf(scope: Scope, call: PythonCall): PythonModule | undefined {
  const { repository, module, depth } = scope;
  const place = depth > MAX_DEPTH ? undefined : resolvePythonName(repository, module, call.name);
  const home = place === undefined ? undefined : readPython(repository, place.file);
  const definition = home?.definitions.find(({ name }) => name === splitName(call.name).last);
  if (home === undefined || definition === undefined || definition.kind === 'class') return home;
  for (const { value, within } of home.returns) {
    const made = value.kind === 'name' ? home.values.get(value.path) : value;
    if (within === definition && made?.kind === 'call') return classOf(deeper(scope, home), made);
  }
  return undefined;
}

/** `args.port`, where `args = parser.parse_args()` and an option `--port` has a default. */
function parsedOption(scope: Scope, holder: string, name: string): StaticValue | undefined {
  const { module } = scope;
  const parsed = module.values.get(holder);
  const from = parsed?.kind === 'item' ? parsed.object : parsed;
  if (from?.kind !== 'call' || !/\.parse_(known_)?args$/.test(from.name)) return undefined;
  const option = module.calls.find(
    (call) =>
      splitName(call.name).last === 'add_argument' &&
      call.arguments.some((argument) => textOf(argument)?.replace(/^--?/, '').replaceAll('-', '_') === name),
  );
  return option === undefined ? undefined : evaluateIn(deeper(scope, module), keywordOf(option, 'default'));
}

function deeper(scope: Scope, module: PythonModule): Scope {
  return { ...scope, module, depth: scope.depth + 1 };
}
