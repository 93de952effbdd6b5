import { cleanText } from '../../base/clean-text.ts';
import { cutLine } from '../../base/cut-line.ts';
import { mapTexts } from '../../base/map-texts.ts';
import { redactData } from '../../base/redact-data.ts';
import type { Redact } from '../../base/redact-secrets.ts';

/**
 * The data as it may leave this process. Cleaned first, so that no escape sequence hides a secret, and cut last, so
 * that no part of one is left.
 */
export function presentable<Data>(data: Data, redact: Redact): Data {
  const clean = mapTexts(data, (text) => cleanText(text, 'plain'));
  return mapTexts(redactData(clean, redact), (text, key) => (key === 'lastLines' ? cutLine(text) : text));
}
