import type { PartOfFile } from '../engine/desired-file.ts';
import { startScriptPath } from './emit-start-scripts.ts';
import type { ProjectFacts } from './project-facts.ts';

const IGNORED = '/logs/\n';

/** Blocks in `.gitignore` and, unless the user's own rules do the same, `.gitattributes`. */
export function emitGitFiles(facts: ProjectFacts): readonly PartOfFile[] {
  const { versionControl, gitignore, gitattributes } = facts;
  const isGit = versionControl === 'git';
  const files: PartOfFile[] = [];
  if (isGit || gitignore !== null) files.push({ kind: 'block', path: '.gitignore', part: IGNORED });
  if ((isGit || gitattributes !== null) && !keepsLineFeeds(gitattributes ?? '')) {
    files.push({ kind: 'block', path: '.gitattributes', part: lineEndings(facts) });
  }
  return files;
}

/** A shell script checked out with carriage returns does not run. */
function lineEndings({ emit, plan }: ProjectFacts): string {
  const scripts = emit.startScripts ? plan.services.map(({ name }) => startScriptPath(name)) : [];
  const shellScripts = ['dev', 'scripts/aliases.sh', ...scripts].map((path) => `/${path} text eol=lf\n`);
  return `${shellScripts.join('')}/dev.cmd text eol=crlf\n`;
}

/** Whether the rules say `eol=lf` for every file. Source: gitattributes(5). */
function keepsLineFeeds(rules: string): boolean {
  return rules.split('\n').some((rule) => /^\*\s(.*\s)?eol=lf(\s|$)/.test(rule));
}
