import type { Repository } from '../../repository/repository.ts';
import type { StaticValue } from '../static-value.ts';
import { type PythonModule, readPython, resolvePythonName } from './read-python.ts';

const UNKNOWN: StaticValue = { literal: null, variable: null };

/** What a Python expression can be said to be: literals, `os.getenv("PORT", 8000)`, constants, attributes of settings classes. */
export function evaluatePython(
  repository: Repository,
  module: PythonModule,
  expression: string,
  depth = 0,
): StaticValue {
  const text = expression.trim();
  if (text === '' || depth > 8) return UNKNOWN;
  const number = /^\d+$/.exec(text);
  if (number !== null) return { literal: Number(text), variable: null };
  const quoted = /^[rbuRBU]?(["'])((?:(?!\1).)*)\1$/.exec(text);
  if (quoted !== null) return { literal: quoted[2] ?? '', variable: null };
  const formatted = /^f(["'])(.*)\1$/.exec(text);
  if (formatted !== null) return interpolated(repository, module, formatted[2] ?? '', depth);
  const environment =
    /^(?:int|str|float)?\(?\s*(?:(?:os\.)?(?:environ\.get|getenv|environ)|env(?:iron)?(?:\.(?:int|str|get))?|config|decouple\.config)\s*[([]\s*["'](\w+)["']\s*(?:,\s*(?:default\s*=\s*)?(.+?))?\s*[)\]]+(?:\s*or\s+(.+?)\)?)?$/.exec(
      text,
    );
  if (environment !== null) {
    const fallback = environment[2] ?? environment[3];
    const value =
      fallback === undefined
        ? UNKNOWN
        : evaluatePython(repository, module, fallback.replace(/,\s*cast\s*=.*$/, ''), depth + 1);
    return { literal: value.literal, variable: environment[1] ?? null };
  }
  const wrapped = /^(?:int|str|Field|field)\((?:default\s*=\s*)?([^,]+)(?:,.*)?\)$/s.exec(text);
  if (wrapped !== null) return evaluatePython(repository, module, wrapped[1] ?? '', depth + 1);
  const conditional = /^(.+?)\s+if\s+.+?\s+else\s+(.+)$/.exec(text);
  const either = conditional ?? /^(.+?)\s+or\s+(.+)$/.exec(text);
  if (either !== null) {
    const first = evaluatePython(repository, module, either[1] ?? '', depth + 1);
    const second = evaluatePython(repository, module, either[2] ?? '', depth + 1);
    return { literal: first.literal ?? second.literal, variable: first.variable ?? second.variable };
  }
  return /^[\w.]+$/.test(text) ? named(repository, module, text, depth) : UNKNOWN;
}

function interpolated(repository: Repository, module: PythonModule, text: string, depth: number): StaticValue {
  let isKnown = true;
  const literal = text.replace(/\{([\w.]+)\}/g, (_, name: string) => {
    const value = evaluatePython(repository, module, name, depth + 1).literal;
    isKnown &&= value !== null;
    return String(value);
  });
  return isKnown && !literal.includes('{') ? { literal, variable: null } : UNKNOWN;
}

function named(repository: Repository, module: PythonModule, text: string, depth: number): StaticValue {
  const parts = text.split('.');
  const last = parts.at(-1) ?? text;
  const own = parts.length === 1 ? module.assignments.get(text) : undefined;
  if (own !== undefined && own !== text) return evaluatePython(repository, module, own, depth + 1);
  const target = resolvePythonName(repository, module, text);
  const holder = target === undefined ? undefined : readPython(repository, target.file);
  if (holder === undefined) return UNKNOWN;
  const value = holder.assignments.get(last);
  if (value !== undefined && (holder !== module || parts.length > 1)) {
    const found = evaluatePython(repository, holder, value, depth + 1);
    // Fields of a settings class are environment variables by their own name.
    return parts.length > 1 && found.variable === null ? { ...found, variable: last.toUpperCase() } : found;
  }
  const instance = holder.assignments.get(parts[0] ?? '');
  const construction = instance === undefined ? undefined : /^(\w+)\(/.exec(instance)?.[1];
  const origin = construction === undefined ? undefined : holder.imports.get(construction);
  if (origin === undefined || parts.length < 2) return UNKNOWN;
  const place = resolvePythonName(repository, holder, construction ?? '');
  const settings = place === undefined || place.file === holder.file ? undefined : readPython(repository, place.file);
  const field = settings?.assignments.get(last);
  return settings === undefined || field === undefined
    ? UNKNOWN
    : evaluatePython(repository, settings, field, depth + 1);
}

/** The keyword argument of a call as written, or `undefined`: commas inside brackets and texts do not end it. */
export function keywordArgument(call: string, name: string): string | undefined {
  return callArguments(call)
    .find((argument) => new RegExp(`^${name}\\s*=(?!=)`).test(argument))
    ?.replace(/^\w+\s*=\s*/, '');
}

/** The arguments of the first call in a text, as written. */
export function callArguments(call: string): readonly string[] {
  const args: string[] = [];
  let depth = 0;
  let current = '';
  let quote = '';
  for (const letter of call.slice(call.indexOf('('))) {
    if (quote !== '') {
      if (letter === quote) quote = '';
      current += letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      current += letter;
    } else if ('([{'.includes(letter)) {
      depth++;
      if (depth > 1) current += letter;
    } else if (')]}'.includes(letter)) {
      depth--;
      if (depth === 0) break;
      current += letter;
    } else if (letter === ',' && depth === 1) {
      args.push(current.trim());
      current = '';
    } else current += letter;
  }
  return [...args, current.trim()].filter((argument) => argument !== '');
}
