/**
 * How many columns of a terminal a text takes; it has no controls and styles in it.
 * Source: UAX #11, East Asian Width; emoji and what combines with the character before it as terminals show them
 */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += isUnseen(character) ? 0 : isWide(character) ? 2 : 1;
  return width;
}

// Inside of functions, because to build these sets takes longer than most commands need for all else.

function isUnseen(character: string): boolean {
  return /[\p{Mn}\p{Me}\p{Cf}]/u.test(character);
}

/** Hangul's initial consonants; angle brackets; what is of Chinese, Japanese, Korean and Yi; full-width forms. */
function isWide(character: string): boolean {
  return (
    /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3]/.test(character) ||
    /[\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(character) ||
    /\p{Emoji_Presentation}/u.test(character)
  );
}
