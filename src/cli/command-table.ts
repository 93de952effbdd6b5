import { type CommandName, isCommandName } from '../base/commands.ts';
import { GENERATOR_ROWS } from './rows/generator-rows.ts';
import { PAST_ROWS } from './rows/past-rows.ts';
import { PROGRAM_ROWS } from './rows/program-rows.ts';
import { PROJECT_ROWS } from './rows/project-rows.ts';
import type { CommandRow, NamedRow } from './rows/row.ts';
import { SERVICE_ROWS } from './rows/service-rows.ts';

/** A name without a row does not compile. */
const ROWS: Readonly<Record<CommandName, CommandRow>> = {
  ...SERVICE_ROWS,
  ...PAST_ROWS,
  ...PROJECT_ROWS,
  ...PROGRAM_ROWS,
  ...GENERATOR_ROWS,
};

/** Every command, in the order in which help shows them. */
export const COMMAND_TABLE: readonly NamedRow[] = Object.keys(ROWS).filter(isCommandName).map(findRow);

export function findRow(name: CommandName): NamedRow {
  return { name, ...ROWS[name] };
}
