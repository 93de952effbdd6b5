import type { CommandWords } from '../../generate/emit/command-words.ts';
import type { Screen } from '../screen/screen.ts';

/** What a generator command works with. */
export interface GeneratorContext {
  /** Where it was called, absolute. */
  readonly directory: string;
  readonly installation: Installation;
  readonly screen: Screen;
  /** What `./dev` understands, for shell completion. */
  readonly commands: readonly CommandWords[];
  /** This devgen's own. */
  readonly version: string;
}

/** Where the parts of the installed package lie, absolute. */
interface Installation {
  /** The built runtime that is copied into repositories. */
  readonly runtimeDirectory: string;
  readonly templates: string;
}
