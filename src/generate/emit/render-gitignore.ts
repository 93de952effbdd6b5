import type { Rendered } from './emitter.ts';
import { hasLine } from './has-line.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A block in `.gitignore`: what the runtime writes is no part of the project. */
export function renderGitignore({ repository }: ProjectFacts): Rendered<'gitignore'> {
  const { versionControl, gitignore } = repository;
  if ((versionControl !== 'git' && gitignore === null) || hasLine(gitignore, '/logs/')) return {};
  return { '.gitignore': '/logs/\n' };
}
