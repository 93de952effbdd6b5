import type { CommandName } from '../../base/commands.ts';

/** An argv taken apart but not yet checked: what both parsers hand to the command's row. */
export interface RawCommand {
  readonly name: CommandName;
  readonly positionals: readonly string[];
  /** What stands behind `--`, for a command that hands it on. */
  readonly rest: readonly string[];
  /** By long name; `true` for a flag, the text for an option with a value. */
  readonly options: Readonly<Record<string, string | true>>;
}
