/**
 * A text as one word of a command line, for POSIX shells, zsh and fish alike: zsh takes `=ls` for the path of `ls`,
 * fish `%self` for its own pid, and in fish a backslash within quotes may hide what comes next, so none is left there.
 * Source: POSIX.1-2024, Shell Command Language, 2.2.2 Single-Quotes
 */
export function quoteWord(text: string): string {
  return /^(?![=%])[A-Za-z0-9_./:@%+,=-]+$/.test(text)
    ? text
    : `'${text.replace(/['\\]+/g, (each) => `'${each.replace(/./g, '\\$&')}'`)}'`;
}
