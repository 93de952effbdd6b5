import type { Shape } from './shape.ts';

/** The value in its precise type, or `undefined` when it is anything else. Unknown fields are left out. */
export function parseShape<Value>(shape: Shape<Value>, value: unknown): Value | undefined {
  return read(shape, value, []) as Value | undefined;
}

/** The value that the JSON text holds; `undefined` when it is not JSON (empty, cut off) or of another shape. */
export function parseJson<Value>(json: string, shape: Shape<Value>): Value | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return parseShape(shape, value);
}

/** Where in `value` the first thing is that the shape does not admit: `plan.services.0.port`; empty: the whole. */
export function findMismatch(shape: Shape<unknown>, value: unknown): string | undefined {
  const trail: string[] = [];
  return read(shape, value, trail) === undefined ? trail.join('.') : undefined;
}

type Foreign = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, Shape<unknown>>>;
type Variant = Extract<Shape<unknown>, { readonly kind: 'variant' }>;

/** No shape admits `undefined`. `trail` gets the keys that lead to what is wrong, the outermost first. */
function read(shape: Shape<unknown>, value: unknown, trail: string[]): unknown {
  switch (shape.kind) {
    case 'anything':
      return value;
    case 'text':
      return typeof value === 'string' && (shape.pattern === null || shape.pattern.test(value)) ? value : undefined;
    case 'number':
      if (typeof value !== 'number' || (shape.isWhole && !Number.isSafeInteger(value))) return undefined;
      return value >= shape.least && value <= shape.greatest ? value : undefined;
    case 'words':
      return shape.words.find((word) => word === value);
    case 'nullable':
      return value === null ? null : read(shape.of, value, trail);
    case 'optional':
      return read(shape.of, value, trail);
    case 'any-of':
      return readAny(shape.of, value);
    case 'list':
      return Array.isArray(value) ? readEach(shape.of, [...value], trail) : undefined;
    case 'dictionary':
      return isObject(value) ? readEach(shape.of, { ...value }, trail) : undefined;
    case 'object':
      return isObject(value) ? readFields(shape.fields, value, trail) : undefined;
    case 'variant':
      return isObject(value) ? readCase(shape, value, trail) : undefined;
  }
}

function readAny(shapes: readonly Shape<unknown>[], value: unknown): unknown {
  for (const shape of shapes) {
    const found = read(shape, value, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Each part of `copy` is replaced by what was read of it. */
function readEach(of: Shape<unknown>, copy: Record<string, unknown> | unknown[], trail: string[]): unknown {
  for (const [key, value] of Object.entries(copy)) {
    const part = read(of, value, trail);
    if (part === undefined) return astray(key, trail);
    Object.assign(copy, { [key]: part });
  }
  return copy;
}

function readFields(fields: Fields, value: Foreign, trail: string[]): Foreign | undefined {
  const object: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    const shape = fields[key];
    if (shape?.kind === 'optional' && value[key] === undefined) continue;
    const field = shape && read(shape, value[key], trail);
    if (field === undefined) return astray(key, trail);
    object[key] = field;
  }
  return object;
}

function readCase({ tag, cases, common }: Variant, value: Foreign, trail: string[]): Foreign | undefined {
  const word = value[tag];
  const fields = typeof word === 'string' && Object.hasOwn(cases, word) ? cases[word] : undefined;
  if (fields === undefined) return astray(tag, trail);
  const shared = readFields(common, value, trail);
  const own = shared && readFields(fields, value, trail);
  return own && { ...shared, [tag]: word, ...own };
}

function astray(key: string, trail: string[]): undefined {
  trail.unshift(key);
}

function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
