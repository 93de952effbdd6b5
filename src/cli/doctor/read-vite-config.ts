/** A value that stands literally in a Vite config. */
export interface ViteSetting {
  /** `port`: `server.port`; `target`: where an entry of `server.proxy` leads; `wired`: the variable that says it. */
  readonly kind: 'port' | 'target' | 'wired';
  /** What is led there: `/api`; empty for a port. */
  readonly route: string;
  /** The literal as it is written, quotes included, and what it means. */
  readonly literal: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
  /** The whole line. */
  readonly text: string;
}

const TOKENS = {
  comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//,
  string: /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/,
  template: /`(?:[^`\\]|\\[\s\S])*`/,
  regularExpression: /(?<=[=(,:[!&|?{};>]\s*)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//,
  wordOrNumber: /[\w$]+/,
  spread: /\.{3}/,
  anyOtherSign: /\S/,
};

/** The first kind that fits is taken. */
const TOKEN = new RegExp(
  Object.values(TOKENS)
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** What a spread in the same object may bring, too. */
const OVERRIDABLE = ['port', 'target'];

interface Frame {
  /** Of the property whose object it is, `[` of a list; empty: of no property, or not known. */
  readonly key: string;
  readonly opening: string;
}

/**
 * The literals of `server.port` and `server.proxy` in the text of a Vite config, and the variables that say where a
 * proxy leads. Not a parser: what is computed, put
 * together by a condition or a function, overridden by a spread, or there twice with different values, is not seen.
 */
export function readViteConfig(text: string): readonly ViteSetting[] {
  const tokens = [...text.matchAll(TOKEN)].filter(([token]) => !/^\/[/*]/.test(token));
  const at = (index: number): string => tokens[index]?.[0] ?? '';
  const found = new Map<string, ViteSetting | null>();
  const frames: Frame[] = [];
  let pending = '';
  for (let index = 0; index < tokens.length; index++) {
    const token = at(index);
    const key = pending;
    pending = '';
    if (/^[})\]]$/.test(token)) frames.pop();
    if (/^[{([]$/.test(token)) frames.push({ key: token === '{' ? key : token.replace('(', ''), opening: token });
    const path = frames.map((frame) => frame.key).filter((name) => name !== '');
    if (token === '...') for (const name of OVERRIDABLE) found.set([...path, name].join('\n'), null);
    const isKey = frames.at(-1)?.opening === '{' && /^[{,]$/.test(at(index - 1)) && at(index + 1) === ':';
    if (!isKey || !/^[\w$'"]/.test(token)) continue;
    pending = unquoted(token);
    const own = [...path, pending];
    const kind = kindOf(own);
    const [literal, variable] = [at(index + 2), variableAt(tokens.slice(index + 2, index + 7).join(' '))];
    index += 1;
    if (kind === 'target' && variable !== undefined) {
      const place = lineOf(text, tokens[index + 1]?.index);
      found.set(own.join('\n'), { kind: 'wired', route: own[2] ?? '', literal: variable, value: variable, ...place });
      continue;
    }
    if (kind === undefined || !/^[,}]$/.test(at(index + 2)) || !/^(?:\d+|'.*'|".*")$/.test(literal)) continue;
    const id = own.join('\n');
    const before = found.get(id);
    const isDoubtful = before !== undefined && before?.literal !== literal;
    const place = lineOf(text, tokens[index + 1]?.index);
    found.set(id, isDoubtful ? null : { kind, route: own[2] ?? '', literal, value: unquoted(literal), ...place });
  }
  return [...found.values()].filter((setting) => setting !== null);
}

function kindOf(path: readonly string[]): ViteSetting['kind'] | undefined {
  const [section, key, , last] = path;
  if (section !== 'server') return undefined;
  if (key === 'port' && path.length === 2) return 'port';
  return key === 'proxy' && (path.length === 3 || (path.length === 4 && last === 'target')) ? 'target' : undefined;
}

/** Of a value that begins with `process.env.NAME`, whatever stands for it where it is unset. */
function variableAt(tokens: string): string | undefined {
  return /^process \. env \. (\w+)$/.exec(tokens)?.[1];
}

function unquoted(token: string): string {
  return /^['"]/.test(token) ? token.slice(1, -1) : token;
}

function lineOf(text: string, offset = 0): Pick<ViteSetting, 'line' | 'text'> {
  const line = text.slice(0, offset).split('\n').length;
  return { line, text: text.split('\n')[line - 1]?.trim() ?? '' };
}
