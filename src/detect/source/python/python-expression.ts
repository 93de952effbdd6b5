/** An expression of a Python file, as far as the readers here tell expressions apart. */
export type PythonExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string; readonly line: number }
  /** Pieces joined to one text: an f-string, or texts that `+` joins. */
  | { readonly kind: 'joined'; readonly pieces: readonly PythonExpression[] }
  /** A name, dots included: `app`, `settings.api.prefix`. */
  | { readonly kind: 'name'; readonly path: string }
  | PythonCall
  /** `object[key]`. */
  | { readonly kind: 'item'; readonly object: PythonExpression; readonly key: PythonExpression }
  /** Where the value is one of several: `a or b`, `a if c else b`. */
  | { readonly kind: 'choice'; readonly options: readonly PythonExpression[] }
  | { readonly kind: 'list'; readonly items: readonly PythonExpression[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** A call with its arguments. */
export interface PythonCall {
  readonly kind: 'call';
  /** What is called, dots included; of `f().g()` only `g`, with the dot in front. */
  readonly name: string;
  readonly arguments: readonly PythonExpression[];
  readonly keywords: ReadonlyMap<string, PythonExpression>;
  /** Counts from 1. */
  readonly line: number;
}

export const UNKNOWN_EXPRESSION: PythonExpression = { kind: 'unknown' };

/** The text that an expression is, or `undefined`. */
export function textOf(expression: PythonExpression | undefined): string | undefined {
  return expression?.kind === 'text' ? expression.value : undefined;
}

/** The dotted name that an expression is, or `undefined`. */
export function pathOf(expression: PythonExpression | undefined): string | undefined {
  return expression?.kind === 'name' ? expression.path : undefined;
}

/** What stands behind the last dot of a name, and what stands before it (empty without a dot). */
export function splitName(name: string): { readonly holder: string; readonly last: string } {
  const cut = name.lastIndexOf('.');
  return { holder: name.slice(0, Math.max(0, cut)), last: name.slice(cut + 1) };
}

/** The first of these keyword arguments that a call gives, or `undefined`. */
export function keywordOf(call: PythonCall, ...names: readonly string[]): PythonExpression | undefined {
  return names.map((name) => call.keywords.get(name)).find((value) => value !== undefined);
}
