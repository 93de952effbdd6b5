import { LOG_FILES } from '../../base/log-files.ts';
import type { Rendered } from './emitter.ts';
import { hasLine } from './has-line.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A block in `.gitignore`: what the runtime writes is no part of the project. */
export function renderGitignore(facts: ProjectFacts): Rendered<'gitignore'> {
  const { versionControl, gitignore, tracksLogs } = facts.repository;
  if (versionControl !== 'git' && gitignore === null) return {};
  if (tracksLogs)
    return {
      '.gitignore': ownFiles(facts)
        .map((name) => `/logs/${name}\n`)
        .join(''),
    };
  return hasLine(gitignore, '/logs/') ? {} : { '.gitignore': '/logs/\n' };
}

/** What the runtime writes to `logs/`, where the user has files too: a new one of these must not be lost to git. */
function ownFiles({ plan }: ProjectFacts): string[] {
  return [
    '.devgen/',
    `${LOG_FILES.runtime}*`,
    `${LOG_FILES.events}*`,
    ...plan.services.flatMap(({ name }) => [
      `${LOG_FILES.service(name)}*`,
      LOG_FILES.pid(name),
      LOG_FILES.status(name),
    ]),
    ...plan.tasks.map(({ name }) => `${LOG_FILES.task(name)}*`),
  ];
}
