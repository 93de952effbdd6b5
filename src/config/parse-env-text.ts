import { parseEnv } from 'node:util';

/**
 * The variables of an env file's text, in the syntax of `node --env-file`, as templates for `expandVariables`: what
 * stands in single quotes, behind a backslash, or is `$$` there, is literal here (`$$` for each `$`).
 */
export function parseEnvText(raw: string): Readonly<Record<string, string>> {
  const text = raw.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const variables: Record<string, string> = {};
  for (const [written, value] of Object.entries(parseEnv(text))) {
    const name = nameOf(written);
    if (name !== '') variables[name] = isSingleQuoted(text, name, value) ? literal(value) : template(value ?? '');
  }
  return variables;
}

/** The parser takes a line without `=` for the beginning of the next name. */
function nameOf(written: string): string {
  const name = written.split('\n').at(-1)?.trim() ?? '';
  return name.replace(/^export\s+/, '');
}

/** The parser does not tell how a value was quoted; the text does. The last assignment counts. */
function isSingleQuoted(text: string, name: string, value: string | undefined): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const assignments = [...text.matchAll(new RegExp(`^[ \\t]*(?:export[ \\t]+)?${escaped}[ \\t]*=[ \\t]*`, 'gm'))];
  const last = assignments.at(-1);
  return last !== undefined && text.startsWith(`'${value}'`, last.index + last[0].length);
}

function literal(value: string | undefined): string {
  return (value ?? '').replaceAll('$', '$$$$');
}

/** `\$` and `$$` as other readers of env files take them: a dollar sign, and two. */
function template(value: string): string {
  return value.replace(/\\\$|\$\$/g, (dollars) => (dollars === '\\$' ? '$$' : '$$$$'));
}
