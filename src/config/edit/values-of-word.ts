import { parseDocument } from 'yaml';

/**
 * What a word typed on the command line may mean, the likeliest first: YAML (`8000`, `true`, `[a, b]`), or else the text
 * as it stands.
 */
export function valuesOfWord(word: string): readonly unknown[] {
  const document = parseDocument(word, { logLevel: 'silent' });
  const value: unknown = document.errors.length > 0 || word.trim() === '' ? word : document.toJS();
  return value === word ? [word] : [value, word];
}
