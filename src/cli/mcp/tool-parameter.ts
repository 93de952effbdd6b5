import { err, ok, type Result } from '../../base/result.ts';
import { isObject } from '../../manifest/read-json.ts';

/** What a tool takes, as the part of JSON Schema that it needs. */
export type Parameter =
  | { readonly type: 'boolean'; readonly description: string }
  | { readonly type: 'string'; readonly pattern?: string; readonly description: string }
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number; readonly description: string }
  | {
      readonly type: 'array';
      readonly items: { readonly type: 'string'; readonly pattern?: string };
      readonly maxItems: number;
      readonly description: string;
    };

export type Parameters = Readonly<Record<string, Parameter>>;

/** A call's arguments, as far as they were given. */
export interface Arguments {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  list(name: string): readonly string[];
  isSet(name: string): boolean;
}

/** The schema of all arguments of a tool. */
export function schemaOf(parameters: Parameters, required: readonly string[]): Readonly<Record<string, unknown>> {
  return { type: 'object', properties: parameters, required, additionalProperties: false };
}

/** The arguments of a call, or the first thing that is wrong with them. */
export function readArguments(
  given: unknown,
  parameters: Parameters,
  required: readonly string[],
): Result<Arguments, string> {
  if (!isObject(given)) return err('`arguments` is no object');
  const missing = required.find((name) => given[name] === undefined);
  if (missing !== undefined) return err(`\`${missing}\` is missing`);
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined)
      return err(`there is no such argument; there are: ${Object.keys(parameters).join(', ')}`);
    if (!fits(value, parameter)) return err(`\`${name}\` is not as its schema says: ${JSON.stringify(parameter)}`);
  }
  return ok({
    text: (name) => (typeof given[name] === 'string' ? given[name] : undefined),
    number: (name) => (typeof given[name] === 'number' ? given[name] : undefined),
    isSet: (name) => given[name] === true,
    list: (name) => (Array.isArray(given[name]) ? given[name].map(String) : []),
  });
}

function fits(value: unknown, parameter: Parameter): boolean {
  switch (parameter.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return isText(value, parameter.pattern);
    case 'integer':
      return Number.isSafeInteger(value) && Number(value) >= parameter.minimum && Number(value) <= parameter.maximum;
    case 'array': {
      const { items, maxItems } = parameter;
      return Array.isArray(value) && value.length <= maxItems && value.every((item) => isText(item, items.pattern));
    }
  }
}

function isText(value: unknown, pattern = ''): boolean {
  return typeof value === 'string' && new RegExp(pattern).test(value);
}
