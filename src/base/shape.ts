/**
 * Reads a part of foreign JSON: the value in its precise type, or `undefined` when it is anything else.
 * Hand-written because the fast commands read state and must not wait for a validation library to load.
 */
export type Shape<Value> = (value: unknown) => Value | undefined;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Output<Of extends Fields> = { readonly [Key in keyof Of]: Of[Key] extends Shape<infer Value> ? Value : never };

export const text: Shape<string> = (value) => (typeof value === 'string' ? value : undefined);

export const flag: Shape<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

/** A finite number, not negative. */
export const amount: Shape<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** A whole number without rounding, of either sign. */
export const integer: Shape<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

export function integerBetween(least: number, greatest: number): Shape<number> {
  return (value) => {
    const number = integer(value);
    return number !== undefined && number >= least && number <= greatest ? number : undefined;
  };
}

export function matching(pattern: RegExp): Shape<string> {
  return (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined);
}

/** A time as ISO 8601, the way `Date.toISOString` writes it. */
export const isoTime: Shape<string> = matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

export function oneOf<const Word extends string | number>(...words: readonly Word[]): Shape<Word> {
  return (value) => words.find((word) => word === value);
}

export function nullable<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (value) => (value === null ? null : shape(value));
}

export function listOf<Value>(shape: Shape<Value>): Shape<readonly Value[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items: Value[] = [];
    for (const item of value) {
      const read = shape(item);
      if (read === undefined) return undefined;
      items.push(read);
    }
    return items;
  };
}

export function dictionaryOf<Value>(shape: Shape<Value>): Shape<Readonly<Record<string, Value>>> {
  return (value) => {
    if (!isObject(value)) return undefined;
    const entries: [string, Value][] = [];
    for (const [key, item] of Object.entries(value)) {
      const read = shape(item);
      if (read === undefined) return undefined;
      entries.push([key, read]);
    }
    return Object.fromEntries(entries);
  };
}

/** All of these fields; fields that it does not know are left out of what it returns. */
export function object<Of extends Fields>(fields: Of): Shape<Output<Of>> {
  return (value) => {
    if (!isObject(value)) return undefined;
    const read: Record<string, unknown> = {};
    for (const [key, shape] of Object.entries(fields)) {
      const field = shape(value[key]);
      if (field === undefined) return undefined;
      read[key] = field;
    }
    return read as Output<Of>;
  };
}

/** A union told apart by the word in its field `tag`. */
export function variant<const Tag extends string, Cases extends Readonly<Record<string, Fields>>>(
  tag: Tag,
  cases: Cases,
): Shape<
  { [Word in keyof Cases & string]: { readonly [Key in Tag]: Word } & Output<Cases[Word]> }[keyof Cases & string]
> {
  return (value) => {
    if (!isObject(value)) return undefined;
    const word = value[tag];
    if (typeof word !== 'string' || !Object.hasOwn(cases, word)) return undefined;
    const rest = object(cases[word] as Fields)(value);
    return rest === undefined ? undefined : ({ [tag]: word, ...rest } as never);
  };
}

/** The value that the JSON text holds; `undefined` when it is not JSON (empty, cut off) or of another shape. */
export function readJson<Value>(json: string, shape: Shape<Value>): Value | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return shape(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
