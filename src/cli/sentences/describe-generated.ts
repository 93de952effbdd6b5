import type { RefusalReason } from '../../generate/engine/step.ts';
import type { FileAction, GenerateReport, Notice } from '../../generate/report.ts';
import type { Writing } from '../arguments/command.ts';
import { lineUp } from '../screen/columns.ts';

/** What goes to stdout and what to stderr. */
export interface Telling {
  readonly out: readonly string[];
  readonly notes: readonly string[];
}

/** What was written, or would be, and what was refused and why. */
export function describeGenerated(report: GenerateReport, writing: Writing): Telling {
  const refused = report.actions.filter((action) => action.kind === 'refused');
  return {
    out: [...changes(report, writing), ...summary(report, writing)],
    notes: [...refused.flatMap(describeRefusal), ...report.notices.map(describeNotice)],
  };
}

/** The vendored runtime is many files and one thing. */
const RUNTIME = '.devgen/runtime/';

function changes({ actions, outcome }: GenerateReport, writing: Writing): readonly string[] {
  if (outcome === 'refused') return [];
  const changed = actions.filter(({ kind }) => kind !== 'unchanged' && kind !== 'refused');
  const rows = new Map(
    changed.map((action) => [nameOf(action.path) + action.kind, [`  ${wordFor(action)}`, nameOf(action.path)]]),
  );
  const diffs = changed.flatMap((action) =>
    'diff' in action && action.diff !== null ? ['', action.diff.trimEnd()] : [],
  );
  return [...lineUp([...rows.values()]), ...(writing === 'done' ? [] : diffs)];
}

function nameOf(path: string): string {
  return path.startsWith(RUNTIME) ? RUNTIME : path;
}

function wordFor({ kind }: FileAction): string {
  return kind === 'released' ? 'left as yours' : kind;
}

function summary({ outcome, backup }: GenerateReport, writing: Writing): readonly string[] {
  switch (outcome) {
    case 'up-to-date':
      return ['everything generated is up to date'];
    case 'would-change':
      return [
        writing === 'checked' ? 'not up to date; `npx devgen generate` writes these' : 'nothing was written (dry run)',
      ];
    case 'written':
      return backup === null ? [] : [`copies of what was yours: ${backup}`];
    case 'refused':
      return ['nothing was written'];
  }
}

const REASONS: Readonly<Record<RefusalReason, string>> = {
  edited: 'was edited since devgen wrote it',
  'not-ours': 'was there before devgen, with other content',
  'part-damaged': 'has markers without their partner, or cannot be read',
  'not-text': 'is not a text',
  'unsafe-path': 'does not lie in this repository',
  symlink: 'is a symbolic link',
  directory: 'is a folder',
  'special-file': 'is not an ordinary file',
  'parent-symlink': 'lies below a symbolic link',
  'parent-not-directory': 'lies below something that is not a folder',
  unreadable: 'cannot be read',
};

function describeRefusal(action: Extract<FileAction, { kind: 'refused' }>): readonly string[] {
  const forcible = action.reason === 'edited' || action.reason === 'not-ours';
  return [
    `error: \`${action.path}\` ${REASONS[action.reason]}`,
    ...(action.diff === null
      ? []
      : action.diff
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`)),
    ...(forcible ? ['  hint: `npx devgen generate --force` overwrites it and keeps a copy.'] : []),
  ];
}

function describeNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'targets-taken': {
      const names = notice.names.map((name) => `\`${name}\``).join(', ');
      return `note: ${notice.makefile} has ${names} already; devgen's are called \`dev-NAME\` there`;
    }
    case 'ignored-by-git':
      return `warning: git ignores ${notice.paths.map((path) => `\`${path}\``).join(', ')}; the rest of the team will not get them`;
  }
}
