import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import type { NamedText } from '../rows/row.ts';

/** What is wrong with the words behind a command's name. */
export type Mistake =
  | { readonly kind: 'unknown-option'; readonly word: string }
  | { readonly kind: 'unknown-argument'; readonly word: string }
  /** Of an option, by its long name. */
  | { readonly kind: 'missing-value'; readonly option: string }
  /** Of a flag, as it is written. */
  | { readonly kind: 'flag-value'; readonly option: string; readonly value: string }
  | { readonly kind: 'missing-argument' };

export function badArguments(mistake: Mistake, text: NamedText, program: string): Diagnostic {
  const { name, positional } = text;
  const help = `\`${program} help ${name}\` shows what it takes.`;
  const hint = positional?.handsOn ? `What is for the ${positional.kind} goes behind \`--\`.` : help;
  switch (mistake.kind) {
    case 'unknown-option':
      return unknownOption(mistake.word.replace(/=.*$/s, ''), text, hint);
    case 'unknown-argument':
      return { code: 'usage/unknown-argument', message: `\`${name}\` does not take \`${mistake.word}\``, hint };
    case 'missing-value':
      return { code: 'usage/missing-value', message: `\`--${mistake.option}\` needs a value`, hint };
    case 'flag-value': {
      const { option, value } = mistake;
      const message = `\`${option}\` takes no value, so \`${option}=${value}\` means nothing`;
      return { code: 'usage/flag-value', message, hint: `Write \`${option}\` alone, or leave it out.` };
    }
    case 'missing-argument':
      return { code: 'usage/missing-argument', message: `\`${name}\` needs a ${positional?.label}`, hint: help };
  }
}

function unknownOption(written: string, { name, options }: NamedText, hint: string): Diagnostic {
  const known = options.map((option) => `--${option.name}`);
  const meant = nearest(written, known);
  return {
    code: 'usage/unknown-option',
    message: `\`${name}\` has no option \`${written}\``,
    hint: meant === undefined ? hint : `Did you mean \`${meant}\`?`,
  };
}
