import { alternatives } from '../source/join-patterns.ts';

/** One program call of a command line, its environment assignments taken apart. */
export interface SimpleCommand {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What stands behind it: `&&`, `||`, `;`, `&`, `|`, or nothing at the end. */
  readonly followedBy: string;
}

/**
 * Takes a command line apart the way a shell would, without running or expanding anything: quotes and backslashes are
 * resolved, redirections dropped, `$VAR` stays as written, and `${VAR:+…}`, which is nothing until it is set,
 * goes. Parentheses and braces only separate.
 */
export function splitCommand(line: string): readonly SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  const finish = (followedBy: string): void => {
    if (words.length > 0) commands.push({ ...takeAssignments(words), followedBy });
    words = [];
  };
  for (const token of tokens(line)) {
    if (token.kind === 'word') words.push(token.text);
    else if (token.kind === 'operator') finish(token.text);
  }
  finish('');
  return commands;
}

/** Takes leading `NAME=value` words off. */
export function takeAssignments(words: readonly string[]): { words: readonly string[]; env: Record<string, string> } {
  const env: Record<string, string> = {};
  let next = 0;
  for (; next < words.length; next++) {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[next] ?? '');
    if (match === null) break;
    const [, name = '', value = ''] = match;
    env[name] = value;
  }
  return { words: words.slice(next), env };
}

interface Token {
  readonly kind: 'word' | 'operator' | 'redirection';
  readonly text: string;
}

const TOKEN = alternatives(
  [
    /\s+/,
    /(?<redirection>(?:\d|&)?>{1,2}(?:&\d|\s*\S+)|<\s*\S+)/,
    /(?<operator>&&|\|\||\|&|[;&|\n]|(?<=^|\s)[({](?=\s|[^\s}$])|\)|(?<=\s)\}(?=\s|;|$))/,
    /(?<word>(?:"(?:[^"\\]|\\.)*"|'[^']*'|\$\([^)]*\)|\$\{[^}]*\}|\\.|[^\s"'&|;<>()\\])+)/,
    /./,
  ],
  'gsu',
);

function tokens(line: string): readonly Token[] {
  const found: Token[] = [];
  for (const match of line.replace(/\\\n/g, ' ').trim().matchAll(TOKEN)) {
    const groups = match.groups ?? {};
    if (groups.redirection !== undefined) found.push({ kind: 'redirection', text: groups.redirection });
    else if (groups.operator !== undefined) found.push({ kind: 'operator', text: groups.operator });
    else if (groups.word !== undefined && !/^\$\{\w+:?\+[^}]*\}$/.test(groups.word))
      found.push({ kind: 'word', text: unquote(groups.word) });
  }
  return found;
}

function unquote(word: string): string {
  return word.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs,
    (_, ...[double, single, escaped]: readonly (string | undefined)[]) =>
      double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? escaped ?? ''),
  );
}
