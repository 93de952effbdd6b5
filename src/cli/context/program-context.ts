import type { NamedRow } from '../rows/row.ts';
import type { Screen } from '../screen/screen.ts';
import type { Program } from './program.ts';

/** What a command works with that needs no project. */
export interface ProgramContext {
  readonly program: Program;
  readonly screen: Screen;
  /** All that there are, of both sides. */
  readonly commands: readonly NamedRow[];
}
