import type { Notice } from '../../generate/report.ts';

/** What is worth knowing about generated files, on one line. */
export function describeNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'targets-taken':
      return `note: ${notice.makefile} has ${quoted(notice.names)} already; devgen's are called \`dev-NAME\` there`;
    case 'ignored-by-git':
      return `warning: git ignores ${quoted(notice.paths)}; the rest of the team will not get them`;
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
