/**
 * A text as one word of a command line, for POSIX shells, zsh and fish alike; zsh takes `=ls` for the path of `ls`.
 * Source: POSIX.1-2024, Shell Command Language, 2.2.2 Single-Quotes
 */
export function quoteWord(text: string): string {
  return /^(?!=)[A-Za-z0-9_./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
