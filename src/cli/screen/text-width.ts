/**
 * How many columns of a terminal a text takes; it has no controls and styles in it.
 * Source: UAX #11, East Asian Width; emoji and what combines with the character before it as terminals show them
 */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Hangul's initial consonants; angle brackets; what is of Chinese, Japanese, Korean and Yi; full-width forms. */
const WIDE = new RegExp(
  [
    '\\p{Emoji_Presentation}',
    '[\\u1100-\\u115f\\u2329\\u232a\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97c\\uac00-\\ud7a3]',
    '[\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{20000}-\\u{3fffd}]',
  ].join('|'),
  'u',
);
