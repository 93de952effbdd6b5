import { LOG_FILES } from '../../base/log-files.ts';
import type { Rendered } from './emitter.ts';
import { hasLine } from './has-line.ts';
import { hidesPath } from './hides-path.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A block in `.gitignore`: what the runtime writes is no part of the project, what is generated is. */
export function renderGitignore(facts: ProjectFacts): Rendered<'gitignore'> {
  const { versionControl, gitignore, tracksLogs } = facts.repository;
  if (versionControl !== 'git' && gitignore === null) return {};
  const logs = tracksLogs ? ownFiles(facts).map((name) => `/logs/${name}`) : ['/logs/'];
  const hidden = hasLine(gitignore, '/logs/') && !tracksLogs ? [] : logs;
  const lines = [...hidden, ...exceptions(gitignore ?? '')];
  return lines.length === 0 ? {} : { '.gitignore': lines.map((line) => `${line}\n`).join('') };
}

/** Without these in git no clone could run anything, whatever the user's own rules leave out. */
function exceptions(rules: string): readonly string[] {
  return [
    ...(hidesPath(rules, '.devgen') ? ['!/.devgen/', '!/.devgen/**'] : []),
    ...(hidesPath(rules, '.gitattributes') ? ['!/.gitattributes'] : []),
  ];
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
