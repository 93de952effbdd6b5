/** One statement line of a Python file: continued lines joined, comments and free-standing texts (docstrings) gone. */
export interface PythonLine {
  readonly text: string;
  /** Columns of white space in front; tabs count as one. */
  readonly indent: number;
  readonly line: number;
}

const PIECE =
  /(?<triple>[rRbBfFuU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)))|(?<text>[rRbBfFuU]{0,2}(?:"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'))|(?<comment>#[^\n]*)|(?<open>[([{])|(?<close>[)\]}])|(?<joined>\\\n)|(?<newline>\n)|[^"'#([{)\]}\\\n]+|[\s\S]/g;

/** Cuts Python source into statement lines. Texts over several lines become `""`. */
export function pythonLines(source: string): readonly PythonLine[] {
  const lines: PythonLine[] = [];
  let text = '';
  let depth = 0;
  let line = 1;
  let startLine = 1;
  const finish = (): void => {
    const bare = text.trim();
    if (bare !== '' && !/^[rRbBfFuU]{0,2}(?:"[^"]*"|'[^']*')$/.test(bare)) {
      lines.push({ text: bare, indent: text.length - text.trimStart().length, line: startLine });
    }
    text = '';
  };
  for (const match of source.matchAll(PIECE)) {
    const [piece] = match;
    const kind = match.groups ?? {};
    if (text.trim() === '') startLine = line;
    line += piece.split('\n').length - 1;
    if (kind.newline !== undefined) {
      if (depth === 0) finish();
      else text += ' ';
      continue;
    }
    if (kind.comment !== undefined || kind.joined !== undefined) continue;
    if (kind.open !== undefined) depth++;
    if (kind.close !== undefined) depth = Math.max(0, depth - 1);
    text += kind.triple === undefined ? piece : shortTriple(piece);
  }
  finish();
  return lines;
}

function shortTriple(piece: string): string {
  const inner = /("""|''')([\s\S]*)\1$/.exec(piece)?.[2] ?? '';
  return inner.includes('\n') || inner.includes('"') ? '""' : `"${inner}"`;
}
