import * as z from 'zod/mini';
import type { Diagnostic } from '../base/diagnostic.ts';
import { configSchema, task } from './config.ts';
import { mismatchHint, unknownKeyHint } from './issue-hint.ts';
import { knownKeys } from './known-keys.ts';
import { suggestName } from './name-rule.ts';
import { service } from './service-schema.ts';
import { setupStep } from './setup-schema.ts';
import { formatPath, formatValue, isMapping, valueAt } from './show-value.ts';
import type { ConfigPath, SourceDocument } from './source.ts';

type Issue = z.core.$ZodIssue;

/**
 * What zod found wrong, as diagnostics: one for each mistake. `above` is the path of the union that the issues lie in.
 */
export function explainIssues(issues: readonly Issue[], source: SourceDocument, above: ConfigPath = []): Diagnostic[] {
  // A misspelt key explains why its mapping makes no sense as a whole.
  const misspelt = issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join());
  return issues
    .filter(({ code, path }) => code !== 'custom' || !misspelt.includes(path.join()))
    .flatMap((issue) => explainIssue(issue, source, above));
}

function explainIssue(issue: Issue, source: SourceDocument, above: ConfigPath): Diagnostic[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], source));
    case 'invalid_key':
      return [invalidKey(path, issue, source), ...explainMember(path, source)];
    case 'invalid_union':
      return explainUnion(issue, source, path);
    default:
      return [mismatch(path, issue, source)];
  }
}

/** Of the forms a value may have, the one it was evidently meant to have: a mapping is judged as a mapping. */
function explainUnion(issue: Extract<Issue, { code: 'invalid_union' }>, source: SourceDocument, path: ConfigPath) {
  const meant = issue.errors.find(
    (issues) => !issues.some((inner) => inner.path.length === 0 && isAboutTheForm(inner)),
  );
  if (meant === undefined || !isMapping(valueAt(source.data, path))) return [mismatch(path, issue, source)];
  return explainIssues(meant, source, path);
}

function isAboutTheForm({ code }: Issue): boolean {
  return code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union';
}

function unknownKey(path: ConfigPath, source: SourceDocument): Diagnostic {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? 'at the top of the config' : `in \`${formatPath(parent)}\``;
  return {
    code: 'config/unknown-key',
    message: `unknown key \`${path.at(-1)}\` ${where}`,
    hint: unknownKeyHint(path, knownKeys(configSchema, parent), valueAt(source.data, path)),
    place: source.locate(path, 'key'),
  };
}

function invalidKey(
  path: ConfigPath,
  issue: Extract<Issue, { code: 'invalid_key' }>,
  { locate }: SourceDocument,
): Diagnostic {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1);
  const suggestion = parent.length === 1 ? suggestName(key) : undefined;
  return {
    code: 'config/invalid-name',
    message: `\`${key}\` in \`${formatPath(parent)}\` must be ${issue.issues[0]?.message ?? 'another name'}`,
    ...(suggestion === undefined ? {} : { hint: `For example \`${suggestion}\`.` }),
    place: locate(path, 'key'),
  };
}

const SECTIONS = new Map<string, z.ZodMiniType>([
  ['services', service],
  ['tasks', task],
  ['setup', setupStep],
]);

/** zod leaves the value under a wrong key unread; its mistakes belong to the same list. */
function explainMember(path: ConfigPath, source: SourceDocument): Diagnostic[] {
  const [section, , deeper] = path;
  const schema = SECTIONS.get(String(section));
  if (deeper !== undefined || schema === undefined) return [];
  const parsed = z.safeParse(schema, valueAt(source.data, path));
  return parsed.success ? [] : explainIssues(parsed.error.issues, source, path);
}

function mismatch(path: ConfigPath, issue: Issue, source: SourceDocument): Diagnostic {
  const value = valueAt(source.data, path);
  if (value === undefined && path.length > 0) return missing(path, issue.message, source);
  const name = path.length === 0 ? 'the config' : `\`${formatPath(path)}\``;
  const but = isMapping(value) ? '' : `, not ${formatValue(value)}`;
  const hint = mismatchHint(path, issue, value);
  return {
    code: value === null ? 'config/empty-value' : 'config/invalid-value',
    message:
      value === null ? `${name} is empty; it must be ${expected(issue)}` : `${name} must be ${expected(issue)}${but}`,
    ...(hint === undefined ? {} : { hint }),
    place: source.locate(path, 'value'),
  };
}

function missing(path: ConfigPath, wanted: string, { locate }: SourceDocument): Diagnostic {
  const parent = path.slice(0, -1);
  return {
    code: 'config/missing-key',
    message: `\`${formatPath(parent)}\` has no \`${path.at(-1)}\``,
    hint: `Add \`${path.at(-1)}\`: ${wanted}.`,
    place: locate(parent, 'key'),
  };
}

function expected(issue: Issue): string {
  if (issue.code === 'invalid_value') return `one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`;
  // The schema's own words; zod's default stands where the schema leaves the form to it.
  if (issue.message !== 'Invalid input') return issue.message;
  return issue.code === 'invalid_type' && issue.expected === 'object' ? 'a mapping' : 'something else';
}
