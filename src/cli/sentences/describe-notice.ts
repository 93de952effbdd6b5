import type { Notice } from '../../generate/report.ts';
import { recordModes } from './describe-check.ts';
import { REASONS } from './describe-refusal.ts';

/** What is worth knowing about generated files, on one line. */
export function describeNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'targets-taken':
      return `note: ${notice.makefile} has ${quoted(notice.names)} already; devgen's are called \`dev-NAME\` there`;
    case 'left-out': {
      const left = `it stays as it is, without devgen's part${ADVICE[notice.path] ?? ''}`;
      return `note: \`${notice.path}\` ${REASONS[notice.reason]}; ${left}`;
    }
    case 'modes-lost': {
      const problem = `git does not see that ${quoted(notice.paths)} can be run (core.fileMode is false)`;
      return `warning: ${problem}: \`${recordModes(notice.paths)}\` records it`;
    }
    case 'ignored-by-git':
      return `warning: git ignores ${quoted(notice.paths)}; the rest of the team will not get them`;
  }
}

const INCLUDE = '. Add `-include .devgen/devgen.mk` to it to have the make targets';

/** What the user can do in its place. */
const ADVICE: Readonly<Record<string, string>> = { Makefile: INCLUDE, makefile: INCLUDE, GNUmakefile: INCLUDE };

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
