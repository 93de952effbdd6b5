import type * as z from 'zod/mini';
import { nearest } from '../base/nearest.ts';
import { isMapping } from './show-value.ts';
import type { ConfigPath } from './source.ts';

/** What to do about a key that the schema does not know. */
export function unknownKeyHint(path: ConfigPath, known: readonly string[], value: unknown): string {
  const key = String(path.at(-1));
  const synonym = SYNONYMS[key.toLowerCase().replace(/[-_]/g, '')];
  const meant = synonym !== undefined && known.includes(synonym) ? synonym : nearest(key, known);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  if (path.length === 1 && isMapping(value) && 'command' in value) return `Put \`${key}\` under \`services\`.`;
  // `$schema` is written by the generator; it is not what was looked for.
  return `Known keys: ${known.filter((name) => !name.startsWith('$')).join(', ')}.`;
}

/** What other tools call the same, in small letters and without separators. */
const SYNONYMS: Readonly<Record<string, string>> = {
  environment: 'env',
  envfiles: 'envFile',
  cmd: 'command',
  script: 'command',
  dir: 'cwd',
  directory: 'cwd',
  path: 'cwd',
  workdir: 'cwd',
  workingdir: 'cwd',
  workingdirectory: 'cwd',
  ports: 'port',
  healthcheck: 'health',
  needs: 'dependsOn',
  after: 'dependsOn',
  description: 'desc',
};

/** What to do about a value of the wrong form, where the message does not say it already. */
export function mismatchHint(path: ConfigPath, issue: z.core.$ZodIssue, value: unknown): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return quotesHint(issue, value);
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

/** `false` is a command as well, but YAML takes it for a truth value. */
function quotesHint(issue: z.core.$ZodIssue, value: boolean | number): string | undefined {
  const isText = issue.code === 'invalid_type' && issue.expected === 'string';
  return isText ? `Put it into quotes: \`"${value}"\`.` : undefined;
}

function choiceHint(value: string, choices: readonly string[]): string | undefined {
  const meant = nearest(value, choices) ?? choices.find((choice) => choice.endsWith(value.toUpperCase()));
  return meant === undefined ? undefined : `Did you mean \`${meant}\`?`;
}

function formHint(path: ConfigPath, expected: string, value: string): string | undefined {
  if (expected === 'array') return `Write \`[${value}]\`.`;
  const [section] = path;
  if (path.length !== 2 || expected !== 'object') return undefined;
  return `Write \`{ ${section === 'services' ? 'command' : 'run'}: ${value} }\`.`;
}
