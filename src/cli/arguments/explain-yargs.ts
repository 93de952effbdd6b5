import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import type { CommandSpec } from '../command-table.ts';

/** The diagnostic for what yargs complains about, in its English, when it parses the words after the verb. */
export function explainYargs(
  complaint: string,
  spec: CommandSpec,
  words: readonly string[],
  program: string,
): Diagnostic {
  const isHandedOn = spec.positional?.handsOn === true;
  const help = `\`${program} help ${spec.name}\` shows what it takes.`;
  const hint = isHandedOn ? `What is for the ${spec.positional?.kind} goes behind \`--\`.` : help;
  const unknown = /^Unknown arguments?: (.+)$/m.exec(complaint)?.[1]?.split(', ');
  if (unknown !== undefined) return unknownArgument(unknown, spec, words, hint);
  const option = /^Not enough arguments following: (.+)$/m.exec(complaint)?.[1];
  if (option !== undefined) {
    const name = spec.options.find(({ name, short }) => name === option || short === option)?.name ?? option;
    return { code: 'usage/missing-value', message: `\`--${name}\` needs a value`, hint };
  }
  if (/^Not enough non-option arguments/m.test(complaint)) {
    return {
      code: 'usage/missing-argument',
      message: `\`${spec.name}\` needs a ${spec.positional?.label}`,
      hint: help,
    };
  }
  return { code: 'usage/bad-arguments', message: complaint.toLowerCase() || 'the arguments make no sense', hint };
}

function unknownArgument(
  unknown: readonly string[],
  spec: CommandSpec,
  words: readonly string[],
  hint: string,
): Diagnostic {
  const option = words.find((word) => /^-/.test(word) && unknown.includes(word.replace(/^-+/, '').replace(/=.*$/, '')));
  if (option === undefined) {
    return { code: 'usage/unknown-argument', message: `\`${spec.name}\` does not take \`${unknown[0]}\``, hint };
  }
  const written = option.replace(/=.*$/, '');
  const meant = nearest(
    written,
    spec.options.map(({ name }) => `--${name}`),
  );
  return {
    code: 'usage/unknown-option',
    message: `\`${spec.name}\` has no option \`${written}\``,
    hint: meant === undefined ? hint : `Did you mean \`${meant}\`?`,
  };
}
