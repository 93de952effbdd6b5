import type * as z from 'zod/mini';
import { nearest } from '../base/nearest.ts';
import { isMapping } from './show-value.ts';
import type { ConfigPath } from './source.ts';

/** What to do about a key that the schema does not know. */
export function unknownKeyHint(path: ConfigPath, known: readonly string[], value: unknown): string {
  const key = String(path.at(-1));
  const meant = nearest(key, known);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  if (path.length === 1 && isMapping(value) && 'command' in value) return `Put \`${key}\` under \`services\`.`;
  // `$schema` is written by the generator; no user looks for it.
  return `Known keys: ${known.filter((name) => !name.startsWith('$')).join(', ')}.`;
}

/** What to do about a value of the wrong form, where the message does not say it already. */
export function mismatchHint(path: ConfigPath, issue: z.core.$ZodIssue, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  switch (issue.code) {
    case 'invalid_value':
      return choiceHint(value, issue.values.map(String));
    case 'invalid_union': {
      const choices = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []));
      return choiceHint(value, choices.map(String));
    }
    case 'invalid_type':
      return formHint(path, issue.expected, value);
    default:
      return undefined;
  }
}

function choiceHint(value: string, choices: readonly string[]): string | undefined {
  const meant = nearest(value, choices) ?? choices.find((choice) => choice.endsWith(value.toUpperCase()));
  return meant === undefined ? undefined : `Did you mean \`${meant}\`?`;
}

function formHint(path: ConfigPath, expected: string, value: string): string | undefined {
  if (expected === 'array') return `Write \`[${value}]\`.`;
  const [section] = path;
  if (path.length !== 2 || expected !== 'object') return undefined;
  return `Write \`{ ${section === 'tasks' ? 'run' : 'command'}: ${value} }\`.`;
}
