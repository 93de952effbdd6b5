import { quoteWord } from '../../base/quote-word.ts';

/** Words as one command line again; a word whose only special characters are those of a variable stays as it is. */
export function quoteWords(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./${}-]+$/.test(word) ? word : quoteWord(word))).join(' ');
}
