import { oneOf, type Shape } from '../../base/shape.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** By what a shape is called among the definitions: it is referred to, wherever it is part of another one. */
export type DefinitionNames = ReadonlyMap<Shape<unknown>, string>;

/** The shape as a JSON Schema that admits no other fields. */
export function shapeToSchema(shape: Shape<unknown>, names: DefinitionNames): JsonSchema {
  const part = (of: Shape<unknown>): JsonSchema => {
    const name = names.get(of);
    return name === undefined ? shapeToSchema(of, names) : { $ref: `#/definitions/${name}` };
  };
  switch (shape.kind) {
    case 'anything':
      return {};
    case 'text':
      return { type: 'string', ...(shape.pattern && { pattern: shape.pattern.source }) };
    case 'number':
      return { type: shape.isWhole ? 'integer' : 'number', ...limits(shape.least, shape.greatest) };
    case 'words':
      return { enum: shape.words };
    case 'nullable':
      return { anyOf: [part(shape.of), { type: 'null' }] };
    case 'optional':
      return part(shape.of);
    case 'any-of':
      return { anyOf: shape.of.map(part) };
    case 'list':
      return { type: 'array', items: part(shape.of) };
    case 'dictionary':
      return { type: 'object', additionalProperties: part(shape.of) };
    case 'object':
      return fieldsToSchema(shape.fields, part);
    case 'variant': {
      const { tag, cases, common } = shape;
      const all = Object.entries(cases);
      return { oneOf: all.map(([word, own]) => fieldsToSchema({ ...common, [tag]: oneOf(word), ...own }, part)) };
    }
  }
}

function fieldsToSchema(
  fields: Readonly<Record<string, Shape<unknown>>>,
  part: (of: Shape<unknown>) => JsonSchema,
): JsonSchema {
  const all = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(all.map(([name, field]) => [name, part(field)])),
    required: all.flatMap(([name, { kind }]) => (kind === 'optional' ? [] : [name])),
    additionalProperties: false,
  };
}

/** Those that say more than that it is a number of JavaScript's. */
function limits(least: number, greatest: number): JsonSchema {
  return {
    ...(least > Number.MIN_SAFE_INTEGER && { minimum: least }),
    ...(greatest < Number.MAX_SAFE_INTEGER && { maximum: greatest }),
  };
}
