import type { DesiredFile } from '../engine/desired-file.ts';
import type { ProjectFacts } from './project-facts.ts';

/** The user's config, when there is none yet. */
export function emitSeed({ seed }: ProjectFacts): readonly DesiredFile[] {
  return seed === null ? [] : [{ kind: 'seed', path: seed.path, content: Buffer.from(seed.text) }];
}
