import type { DocumentOf } from '../documents/documents.ts';
import { type NamedRow, sideOf } from '../rows/row.ts';
import { EXIT_CODE_MEANINGS } from '../sentences/exit-code-meanings.ts';

/** What a program can know of commands before it calls one. */
export function helpToJson(commands: readonly NamedRow[]): DocumentOf<'help'> {
  return { commands: commands.map(commandToJson), exitCodes: EXIT_CODE_MEANINGS };
}

function commandToJson(row: NamedRow) {
  const { name, summary, effect, positional, options } = row;
  return {
    name,
    side: sideOf(row),
    summary,
    effect,
    argument: positional && { label: positional.label, kind: positional.kind, count: positional.count },
    options,
  };
}
