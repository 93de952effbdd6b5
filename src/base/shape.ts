/**
 * What a JSON value must look like, as plain data: `parseShape` reads foreign JSON by it, the type of what was read
 * follows from it (`ShapeOf`), and a JSON Schema is made of it. A document is declared once, as a shape.
 * Hand-written because the fast commands read state and must not wait for a validation library to load.
 */
export type Shape<Value> = AnyShape & { readonly [VALUE]?: Value };

/** The type of what a shape admits. */
export type ShapeOf<Of> = Of extends { readonly [VALUE]?: infer Value } ? Value : never;

type AnyShape =
  | { readonly kind: 'anything' }
  | { readonly kind: 'text'; readonly pattern: RegExp | null }
  | { readonly kind: 'number'; readonly isWhole: boolean; readonly least: number; readonly greatest: number }
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'nullable' | 'optional'; readonly of: AnyShape }
  | { readonly kind: 'any-of'; readonly of: readonly AnyShape[] }
  | { readonly kind: 'list' | 'dictionary'; readonly of: AnyShape }
  | { readonly kind: 'object'; readonly fields: Fields }
  /** `common`: the fields of every case. */
  | { readonly kind: 'variant'; readonly tag: string; readonly cases: Cases; readonly common: Fields };

type Word = string | number | boolean | null;

/** Exists only in types. */
declare const VALUE: unique symbol;

type Fields = Readonly<Record<string, AnyShape>>;
type Cases = Readonly<Record<string, Fields>>;
type None = Readonly<Record<never, never>>;
type Output<Of extends Fields> = {
  readonly [Key in Exclude<keyof Of, OptionalIn<Of>>]: ShapeOf<Of[Key]>;
} & { readonly [Key in OptionalIn<Of>]?: ShapeOf<Of[Key]> };
type OptionalIn<Of extends Fields> = {
  [Key in keyof Of]: Of[Key] extends { readonly kind: 'optional' } ? Key : never;
}[keyof Of];

/** A union told apart by the word in its field `Tag`. */
export type VariantOf<Tag extends string, Of extends Cases> = {
  [Word in keyof Of & string]: { readonly [Key in Tag]: Word } & Output<Of[Word]>;
}[keyof Of & string];

export const anything: Shape<unknown> = { kind: 'anything' };

export const text: Shape<string> = { kind: 'text', pattern: null };

export const boolean: Shape<boolean> = oneOf(true, false);

/** A finite number, not negative. */
export const amount: Shape<number> = { kind: 'number', isWhole: false, least: 0, greatest: Number.MAX_VALUE };

/** Milliseconds between two looks at the wall clock: negative when it was set back in between. */
export const elapsedMs: Shape<number> = { ...amount, least: -Number.MAX_VALUE };

/** A whole number without rounding, of either sign. */
export const integer: Shape<number> = integerBetween(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/** A time as ISO 8601, the way `Date.toISOString` writes it. */
export const isoTime: Shape<string> = matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

// What a bundle does not read by is left out of it: esbuild goes by these marks.

/* @__NO_SIDE_EFFECTS__ */
export function integerBetween(least: number, greatest: number): Shape<number> {
  return { kind: 'number', isWhole: true, least, greatest };
}

/* @__NO_SIDE_EFFECTS__ */
export function matching(pattern: RegExp): Shape<string> {
  return { kind: 'text', pattern };
}

/* @__NO_SIDE_EFFECTS__ */
export function oneOf<const Of extends Word>(...words: readonly Of[]): Shape<Of> {
  return { kind: 'words', words };
}

/* @__NO_SIDE_EFFECTS__ */
export function nullable<Value>(of: Shape<Value>): Shape<Value | null> {
  return { kind: 'nullable', of };
}

/** A field that may be absent. */
/* @__NO_SIDE_EFFECTS__ */
export function optional<Value>(of: Shape<Value>): Shape<Value> & { readonly kind: 'optional' } {
  return { kind: 'optional', of };
}

/** What one of these shapes admits, the first that does. */
/* @__NO_SIDE_EFFECTS__ */
export function anyOf<const Of extends readonly Shape<unknown>[]>(...of: Of): Shape<ShapeOf<Of[number]>> {
  return { kind: 'any-of', of };
}

/* @__NO_SIDE_EFFECTS__ */
export function listOf<Value>(of: Shape<Value>): Shape<readonly Value[]> {
  return { kind: 'list', of };
}

/* @__NO_SIDE_EFFECTS__ */
export function dictionaryOf<Value>(of: Shape<Value>): Shape<Readonly<Record<string, Value>>> {
  return { kind: 'dictionary', of };
}

/** All of these fields; fields that it does not know are left out of what is read. */
/* @__NO_SIDE_EFFECTS__ */
export function object<const Of extends Fields>(fields: Of): Shape<Output<Of>> {
  return { kind: 'object', fields };
}

/** One of these cases, told apart by the word in its field `tag`, with the fields that all of them have in `common`. */
/* @__NO_SIDE_EFFECTS__ */
export function variant<const Tag extends string, const Of extends Cases, const Common extends Fields = None>(
  tag: Tag,
  cases: Of,
  common?: Common,
): Shape<VariantOf<Tag, Of> & Output<Common>> {
  return { kind: 'variant', tag, cases, common: common ?? {} };
}
