import type { WholeFile } from '../engine/desired-file.ts';
import type { ProjectFacts } from './project-facts.ts';
import { textFile } from './whole-file.ts';

/** The JSON Schema that editors check the config with. */
export function emitSchema({ schema }: ProjectFacts): readonly WholeFile[] {
  return [textFile('.devgen/schema.json', schema.endsWith('\n') ? schema : `${schema}\n`)];
}
