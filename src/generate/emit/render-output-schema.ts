import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

/** The JSON Schema by which a program can read what `--json` prints. */
export function renderOutputSchema({ outputSchema }: ProjectFacts): Rendered<'outputSchema'> {
  return { '.devgen/output.schema.json': outputSchema };
}
