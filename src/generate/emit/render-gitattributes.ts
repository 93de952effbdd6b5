import { configuredNames } from '../../base/instance-name.ts';
import { EMITTED_NAMES, emittedFiles } from '../../manifest/emitted-files.ts';
import type { Rendered } from './emitter.ts';
import { isWanted } from './place-for.ts';
import type { ProjectFacts } from './project-facts.ts';

/**
 * A block in `.gitattributes`, unless the user's own rules do the same: a shell script with carriage returns does not
 * run.
 */
export function renderGitattributes(facts: ProjectFacts): Rendered<'gitattributes'> {
  const { versionControl, gitattributes } = facts.repository;
  if (versionControl !== 'git' && gitattributes === null) return {};
  return keepsLineFeeds(gitattributes ?? '') ? {} : { '.gitattributes': lineEndings(facts) };
}

function lineEndings({ emit, repository, plan, launcher }: ProjectFacts): string {
  const files = EMITTED_NAMES.filter((name) => isWanted(name, emit, repository)).flatMap(emittedFiles);
  const services = configuredNames(plan.services.map(({ name }) => name));
  const lines = files.flatMap(({ paths, eol }) => {
    if (eol === undefined) return [];
    const all = paths.flatMap((path) =>
      path.includes('NAME') ? services.map((name) => path.replace('NAME', name)) : [path.replace('LAUNCHER', launcher)],
    );
    return all.map((path) => `/${path} text eol=${eol}\n`);
  });
  return lines.join('');
}

/** Whether the rules say `eol=lf` for every file. Source: gitattributes(5). */
function keepsLineFeeds(rules: string): boolean {
  return rules.split('\n').some((rule) => /^\*\s(.*\s)?eol=lf(\s|$)/.test(rule));
}
