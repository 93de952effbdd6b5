import type * as z from 'zod/mini';
import type { ConfigPath } from './source.ts';

/** The keys that the schema allows in the mapping at a path; empty where any may stand. */
export function knownKeys(schema: z.core.$ZodType, path: ConfigPath): readonly string[] {
  return formsAt(schema, path).flatMap(({ _zod: { def } }) => (def.type === 'object' ? Object.keys(def.shape) : []));
}

/** Whether nothing but a text may stand at a path: whatever is written there is meant letter for letter. */
export function isTextField(schema: z.core.$ZodType, path: ConfigPath): boolean {
  const kinds = new Set(formsAt(schema, path).map(({ _zod: { def } }) => def.type));
  // A variable may be written as any scalar, and is a text all the same.
  const isScalar = kinds.size === 3 && kinds.has('number') && kinds.has('boolean');
  return kinds.has('string') && (kinds.size === 1 || isScalar);
}

/** Every form that the value at a path may have. */
function formsAt(schema: z.core.$ZodType, path: ConfigPath): readonly z.core.$ZodTypes[] {
  const inner = unwrapped(schema);
  const { def } = inner._zod;
  if (def.type === 'union') return def.options.flatMap((option) => formsAt(option, path));
  const [step, ...rest] = path;
  if (step === undefined) return [inner];
  switch (def.type) {
    case 'object': {
      const member = Object.hasOwn(def.shape, step) ? def.shape[step] : undefined;
      return member === undefined ? [] : formsAt(member, rest);
    }
    case 'record':
      return formsAt(def.valueType, rest);
    case 'array':
      return formsAt(def.element, rest);
    default:
      return [];
  }
}

/** What stands behind `optional` and in front of a transformation. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodTypes {
  // The union of all schema kinds, which TypeScript cannot derive from their common base.
  const known = schema as z.core.$ZodTypes;
  switch (known._zod.def.type) {
    case 'optional':
      return unwrapped(known._zod.def.innerType);
    case 'pipe':
      return unwrapped(known._zod.def.in);
    default:
      return known;
  }
}
