export { portNumber } from '../../base/port-number.ts';

/**
 * The value of a command-line flag: `--port 3000`, `--port=3000`, `-p 3000`, `-p3000`.
 * `undefined` when the flag is not there; the empty text when it stands last.
 */
export function flagValue(words: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    for (const name of names) {
      if (word === name) return words[index + 1] ?? '';
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (/^-\w$/.test(name) && word.startsWith(name) && /^\d/.test(word.slice(2))) return word.slice(2);
    }
  }
  return undefined;
}

/** The words that are neither flags nor the values of the flags named. */
export function plainWords(words: readonly string[], flagsWithValue: readonly string[] = []): readonly string[] {
  return words.filter((word, index) => !word.startsWith('-') && !flagsWithValue.includes(words[index - 1] ?? ''));
}
