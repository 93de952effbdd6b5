import type { EmittedName, PathOf } from '../../manifest/emitted-files.ts';
import type { ProjectFacts } from './project-facts.ts';

/** Texts by their paths; of a file that is the user's, our part without its markers. No path: it has no place here. */
export type Rendered<Name extends EmittedName> = Readonly<Partial<Record<PathOf<Name>, string | Buffer>>>;

/** Renders a row of `EMITTED`; pure, and the same text for the same facts: no version, time or absolute path. */
export type Emitter<Name extends EmittedName> = (facts: ProjectFacts) => Rendered<Name>;
