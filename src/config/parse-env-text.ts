/** One assignment of an env file. */
export interface EnvAssignment {
  readonly name: string;
  /** For `expandKnownVariables`: what is literal in the file is literal there. */
  readonly template: string;
  /** Of the name in the text, in UTF-16 units. */
  readonly offset: number;
}

/** Each pattern holds at one offset of the text, which has line feeds only. */
const NAME = /[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*/y;
const QUOTED = /(?:'([^']*)'|"((?:\\"|[^"])*)"|`([^`]*)`)[ \t]*(?:#.*)?(?=\n|$)/y;
const BARE = /[^#\n]*/y;
const REST_OF_LINE = /.*\n?/y;

/**
 * The assignments of an env file's text, in their order; a later one of the same name counts. Lines that are none are
 * passed over. Read as dotenv, `node --env-file` and python-dotenv do, where two of them agree. Node's own parser is
 * not asked, because its answers change with its version and do not say how a value was quoted, nor where.
 */
export function parseEnvText(raw: string): readonly EnvAssignment[] {
  const text = withLineFeeds(raw);
  const assignments: EnvAssignment[] = [];
  let at = 0;
  while (at < text.length) {
    const [start, name] = matchAt(NAME, text, at) ?? [];
    if (start !== undefined && name !== undefined) {
      const offset = at + start.lastIndexOf(name);
      at += start.length;
      const [value, template] = readValue(text, at);
      at += value.length;
      assignments.push({ name, template, offset });
    }
    at += matchAt(REST_OF_LINE, text, at)?.[0].length ?? 0;
  }
  return assignments;
}

/** The text that offsets refer to. */
export function withLineFeeds(raw: string): string {
  return raw.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

function readValue(text: string, at: number): readonly [value: string, template: string] {
  const [quoted, single, double, backticks] = matchAt(QUOTED, text, at) ?? [];
  if (quoted === undefined) {
    const [bare = ''] = matchAt(BARE, text, at) ?? [];
    return [bare, templateOf(bare.trim())];
  }
  if (single !== undefined) return [quoted, literal(single)];
  return [quoted, templateOf(double === undefined ? (backticks ?? '') : unescaped(double))];
}

function unescaped(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\"', '"');
}

/** `\$` is a dollar sign, `$$` is two of them, as for readers that know no variables. */
function templateOf(value: string): string {
  return value.replace(/(\\+)\$|\$\$/g, (_, backslashes: string | undefined) =>
    backslashes === undefined ? '$$$$' : literal(`${backslashes.slice(1)}$`),
  );
}

/** The backslashes before a dollar sign are doubled, which would take its meaning away otherwise. */
function literal(value: string): string {
  return value.replace(/(\\*)\$/g, (_, backslashes: string) => `${backslashes}${backslashes}$$`);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
