import type { PartOfFile } from '../engine/desired-file.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A block in `.prettierignore`, where prettier is used: it would lay out the vendored runtime anew. */
export function emitFormatterIgnore({ prettierignore, usesPrettier }: ProjectFacts): readonly PartOfFile[] {
  if (prettierignore === null && !usesPrettier) return [];
  return [{ kind: 'block', path: '.prettierignore', part: '/.devgen/\n' }];
}
