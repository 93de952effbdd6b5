import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

/** The JSON Schema that editors check the config with. */
export function renderSchema({ schema }: ProjectFacts): Rendered<'schema'> {
  return { '.devgen/schema.json': schema };
}
