/** How a language marks comments. */
export type CommentStyle = 'slashes' | 'hash' | 'slashes-and-hash';

const PATTERNS: Readonly<Record<CommentStyle, RegExp>> = {
  slashes: /(?<keep>"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)')|(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/g,
  hash: /(?<keep>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#\{)|(?<comment>#[^\n]*|^=begin[\s\S]*?^=end)/gm,
  'slashes-and-hash':
    /(?<keep>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<comment>\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/g,
};

/** Source text with comments blanked; texts and line numbers stay as they are. */
export function stripComments(text: string, style: CommentStyle): string {
  return text.replace(PATTERNS[style], (piece: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    return groups.comment === undefined ? piece : piece.replace(/[^\n]/g, ' ');
  });
}
