import { err, ok, type Result } from '../base/result.ts';
import { parseTemplate, type Template, type TemplateFailure, type VariablePart } from './template.ts';

/** The value of a variable; `undefined`: it is not set. */
export type Lookup = (name: string) => string | undefined;

/**
 * Puts the values of variables into a text, as a shell does inside double quotes: a variable that is not set and has no
 * default is the empty text. Fails on `${NAME:?message}` of a variable that is missing, and on what is no expression.
 */
export function expandVariables(text: string, lookup: Lookup): Result<string, TemplateFailure> {
  const template = parseTemplate(text);
  return template.ok ? expandTemplate(template.value, lookup) : template;
}

/**
 * Puts in the values of the variables that are set, or have a default. All else stays as it is written: the `$` of a
 * password is no reference.
 */
export function expandKnownVariables(text: string, lookup: Lookup): string {
  const template = parseTemplate(text);
  if (!template.ok) return text;
  const pieces = template.value.map((part) => {
    if (part.kind === 'text') return part.text;
    if (part.otherwise === null && lookup(part.name) === undefined) return part.source;
    const piece = expandVariable(part, lookup);
    return piece.ok ? piece.value : part.source;
  });
  return pieces.join('');
}

export function expandTemplate(template: Template, lookup: Lookup): Result<string, TemplateFailure> {
  let expanded = '';
  for (const part of template) {
    const piece = part.kind === 'text' ? ok(part.text) : expandVariable(part, lookup);
    if (!piece.ok) return piece;
    expanded += piece.value;
  }
  return ok(expanded);
}

/** The names that a text refers to without a default, in order, each once; none when the text is malformed. */
export function plainReferences(text: string): readonly string[] {
  const template = parseTemplate(text);
  if (!template.ok) return [];
  const names = template.value.flatMap((part) =>
    part.kind === 'variable' && part.otherwise === null && part.required === null ? [part.name] : [],
  );
  return [...new Set(names)];
}

/** Whether a text refers to a variable in any way, inside defaults too. */
export function refersTo(text: string, name: string): boolean {
  const template = parseTemplate(text);
  return template.ok && mentions(template.value, name);
}

function mentions(template: Template, name: string): boolean {
  return template.some(
    (part) =>
      part.kind === 'variable' &&
      (part.name === name || (part.otherwise !== null && mentions(part.otherwise.template, name))),
  );
}

function expandVariable(part: VariablePart, lookup: Lookup): Result<string, TemplateFailure> {
  const value = lookup(part.name);
  if (part.otherwise !== null) {
    return isMissing(value, part.otherwise) ? expandTemplate(part.otherwise.template, lookup) : ok(value ?? '');
  }
  if (part.required !== null && isMissing(value, part.required)) {
    return err({
      reason: 'missing',
      variable: part.name,
      message: part.required.message || `\`${part.name}\` is not set`,
    });
  }
  return ok(value ?? '');
}

function isMissing(value: string | undefined, { emptyCounts }: { readonly emptyCounts: boolean }): boolean {
  return value === undefined || (value === '' && !emptyCounts);
}
