import { err, ok, type Result } from '../base/result.ts';

/**
 * A text with variables, taken apart: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`.
 * `$$` and `\$` are a dollar sign.
 */
export type Template = readonly TemplatePart[];

export type TemplatePart = { readonly kind: 'text'; readonly text: string } | VariablePart;

export interface VariablePart {
  readonly kind: 'variable';
  readonly name: string;
  /** The expression as it is written. */
  readonly source: string;
  /** What stands for a variable that is not set (`-`), or neither set nor empty (`:-`). */
  readonly otherwise: { readonly emptyCounts: boolean; readonly template: Template } | null;
  /** What is said about a variable that must be set. */
  readonly required: { readonly emptyCounts: boolean; readonly message: string } | null;
}

/** `variable`: the name, or of a malformed expression its text. */
export interface TemplateFailure {
  readonly reason: 'missing' | 'malformed';
  readonly variable: string;
  readonly message: string;
}

/** A `$` that begins none of the forms stands for itself. */
export function parseTemplate(text: string): Result<Template, TemplateFailure> {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) break;
    const { before, isEscaped } = readBackslashes(text.slice(at, dollar));
    if (before !== '') parts.push({ kind: 'text', text: before });
    if (isEscaped) {
      parts.push({ kind: 'text', text: '$' });
      at = dollar + 1;
      continue;
    }
    const parsed = parseDollar(text, dollar);
    if (!parsed.ok) return parsed;
    parts.push(parsed.value.part);
    at = parsed.value.end;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return ok(parts);
}

/**
 * Before a `$`, as in a shell's double quotes: each pair of backslashes is one, and one that is left takes its meaning
 * away.
 */
function readBackslashes(text: string): { readonly before: string; readonly isEscaped: boolean } {
  const count = text.length - text.replace(/\\+$/, '').length;
  const before = text.slice(0, text.length - Math.ceil(count / 2));
  return { before, isEscaped: count % 2 === 1 };
}

/** Parses what begins with the `$` at an offset; `end` is the offset behind it. */
export function parseDollar(
  text: string,
  dollar: number,
): Result<{ readonly part: TemplatePart; readonly end: number }, TemplateFailure> {
  if (text[dollar + 1] === '$') return ok({ part: { kind: 'text', text: '$' }, end: dollar + 2 });
  if (text[dollar + 1] === '{') return parseBraces(text, dollar);
  const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(dollar + 1))?.[0];
  if (name === undefined) return ok({ part: { kind: 'text', text: '$' }, end: dollar + 1 });
  const variable = { kind: 'variable', name, source: `$${name}`, otherwise: null, required: null } as const;
  return ok({ part: variable, end: dollar + 1 + name.length });
}

function parseBraces(text: string, dollar: number): ReturnType<typeof parseDollar> {
  const close = closingBrace(text, dollar + 2);
  const inside = text.slice(dollar + 2, close);
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?)([-?])([\s\S]*))?$/.exec(inside);
  if (close === -1 || match === null) {
    const expression = close === -1 ? text.slice(dollar) : text.slice(dollar, close + 1);
    return err({
      reason: 'malformed',
      variable: expression,
      message: `\`${expression}\` is no variable; write \`$$\` for a dollar sign`,
    });
  }
  const [, name = '', colon = '', operator = '', rest = ''] = match;
  const emptyCounts = colon === '';
  const end = close + 1;
  const source = text.slice(dollar, end);
  const variable = { kind: 'variable', name, source, otherwise: null, required: null } as const;
  if (operator === '') return ok({ part: variable, end });
  if (operator === '?') return ok({ part: { ...variable, required: { emptyCounts, message: rest } }, end });
  const otherwise = parseTemplate(rest);
  return otherwise.ok
    ? ok({ part: { ...variable, otherwise: { emptyCounts, template: otherwise.value } }, end })
    : otherwise;
}

/** Braces nest only as `${…}`. -1: there is none. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('$$', at) || text.startsWith('\\$', at)) at++;
    else if (text.startsWith('${', at)) {
      depth++;
      at++;
    } else if (text[at] === '}') depth--;
    if (depth === 0) return at;
  }
  return -1;
}
