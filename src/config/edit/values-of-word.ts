import { parseDocument } from 'yaml';
import { configSchema } from '../config.ts';
import { isTextField } from '../known-keys.ts';
import type { ConfigPath } from '../source.ts';

/**
 * What a word typed on the command line may mean at this path, the likeliest first. Where only a text can stand it is
 * that text, letter for letter; elsewhere YAML (`8000`, `true`, `[a, b]`), or else the text.
 */
export function valuesOfWord(word: string, path: ConfigPath): readonly unknown[] {
  if (isTextField(configSchema, path) || word.trim() === '') return [word];
  const value = readYaml(word);
  if (value === undefined || value === word) return [word];
  return typeof value === 'string' ? [word, value] : [value, word];
}

/** `undefined`: it is no YAML by itself. */
function readYaml(word: string): unknown {
  const document = parseDocument(word, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS();
  } catch (thrown) {
    if (thrown instanceof ReferenceError) return undefined; // `*.ts` is an alias that leads nowhere.
    throw thrown;
  }
}
