/** A glob taken apart: the folder in which to look, and which of the paths below it are meant. */
export interface Glob {
  /** What stands before the first wildcard; `/` between the parts, `.` for the folder itself. */
  readonly base: string;
  /** `path`: relative to `base`, `/` between the parts. */
  matches(path: string): boolean;
  /** What stands in the pattern letter by letter: `node_modules` is only looked into when it is named. */
  readonly named: ReadonlySet<string>;
}

/**
 * `*` and `?` within a name, `**` for any number of folders, `[a-z]`, `{a,b}`. A pattern that names a folder means
 * everything in it. Several, because braces may stand before a folder.
 */
export function parseGlob(pattern: string): readonly Glob[] {
  return expandBraces(pattern.replace(/^\.\//, '').replace(/\/+$/, '')).map(parseOne);
}

const WILDCARD = /[*?[]/;

function parseOne(pattern: string): Glob {
  const parts = pattern.split('/');
  const wild = parts.findIndex((part) => WILDCARD.test(part));
  const base = parts.slice(0, wild === -1 ? parts.length : wild).join('/');
  const expression = new RegExp(`^${toExpression(wild === -1 ? [] : parts.slice(wild))}$`);
  return {
    base: base === '' ? (pattern.startsWith('/') ? '/' : '.') : base,
    matches: (path) => wild === -1 || expression.test(path),
    named: new Set(parts.filter((part) => !WILDCARD.test(part))),
  };
}

/** The last part may be a folder: then what is in it is meant. */
function toExpression(parts: readonly string[]): string {
  const pieces = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === '**') return isLast ? '.+' : '(?:[^/]+/)*';
    return isLast ? `${nameExpression(part)}(?:/.+)?` : `${nameExpression(part)}/`;
  });
  return pieces.join('');
}

function nameExpression(part: string): string {
  return part.replace(/\*+|\?|\[[!^]?[^\]]+\]|[\\^$.*+?()[\]{}|]/g, (piece) => {
    if (piece.startsWith('*')) return '[^/]*';
    if (piece === '?') return '[^/]';
    if (piece.length > 1) return piece.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return `\\${piece}`;
  });
}

/** `a.{js,ts}` → `a.js`, `a.ts`; the innermost braces first. */
function expandBraces(pattern: string): readonly string[] {
  const match = /\{([^{}]*,[^{}]*)\}/.exec(pattern);
  if (match === null) return [pattern];
  const [whole, alternatives = ''] = match;
  const before = pattern.slice(0, match.index);
  const after = pattern.slice(match.index + whole.length);
  return alternatives.split(',').flatMap((alternative) => expandBraces(`${before}${alternative}${after}`));
}
