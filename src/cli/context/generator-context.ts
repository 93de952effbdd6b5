import type { Screen } from '../screen/screen.ts';

/** What a generator command works with. */
export interface GeneratorContext {
  /** Where it was called, absolute. */
  readonly directory: string;
  readonly installation: Installation;
  readonly screen: Screen;
  /** This devgen's own. */
  readonly version: string;
}

/** Where the parts of the installed package lie, absolute. */
interface Installation {
  /** The built runtime that is copied into repositories. */
  readonly runtimeDirectory: string;
  readonly templates: string;
}
