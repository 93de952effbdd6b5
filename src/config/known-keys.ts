import type * as z from 'zod/mini';
import type { ConfigPath } from './source.ts';

/** The keys that the schema allows in the mapping at a path; empty where any may stand. */
export function knownKeys(schema: z.core.$ZodType, path: ConfigPath): readonly string[] {
  const inner = unwrapped(schema);
  const [step, ...rest] = path;
  switch (inner._zod.def.type) {
    case 'object': {
      if (step === undefined) return Object.keys(inner._zod.def.shape);
      const member = inner._zod.def.shape[step];
      return member === undefined ? [] : knownKeys(member, rest);
    }
    case 'record':
      return step === undefined ? [] : knownKeys(inner._zod.def.valueType, rest);
    case 'union':
      return inner._zod.def.options.flatMap((option) => knownKeys(option, path));
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
