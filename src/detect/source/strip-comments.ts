/** How a language marks comments. */
export type CommentStyle = 'slashes' | 'hash' | 'slashes-and-hash';

/** Texts, in which nothing is a comment, and as the group what is one. */
const PATTERNS: Readonly<Record<CommentStyle, RegExp>> = {
  slashes: /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)'|(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/g,
  hash: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#\{|(#[^\n]*|^=begin[\s\S]*?^=end)/gm,
  'slashes-and-hash': /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/g,
};

/** Source text with comments blanked; texts and line numbers stay as they are. */
export function stripComments(text: string, style: CommentStyle): string {
  return text.replace(PATTERNS[style], (piece: string, comment: string | undefined) =>
    comment === undefined ? piece : comment.replace(/[^\n]/g, ' '),
  );
}
