import type { Rendered } from './emitter.ts';
import { hasLine } from './has-line.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A block in `.prettierignore`, where prettier is used: it would lay out the vendored runtime anew. */
export function renderFormatterIgnore({ repository }: ProjectFacts): Rendered<'formatterIgnore'> {
  const { prettierignore, usesPrettier } = repository;
  if ((prettierignore === null && !usesPrettier) || hasLine(prettierignore, '/.devgen/')) return {};
  return { '.prettierignore': '/.devgen/\n' };
}
