import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

/** The user's config, when there is none yet. */
export function renderSeed({ seed }: ProjectFacts): Rendered<'config'> {
  return seed === null ? {} : { [seed.path]: seed.text };
}
