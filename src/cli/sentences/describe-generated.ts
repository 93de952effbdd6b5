import type { FileAction, GenerateReport } from '../../generate/report.ts';
import type { Writing } from '../arguments/writing.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import { describeNotice } from './describe-notice.ts';
import { describeRefusal } from './describe-refusal.ts';
import { paintDiff } from './paint-diff.ts';

/** What goes to stdout and what to stderr. */
export interface Telling {
  readonly out: readonly string[];
  readonly notes: readonly string[];
}

/** What the user asked for. */
export interface GeneratorRequest {
  /** `template`: the app that `init --template` writes. */
  readonly command:
    | 'init'
    | 'template'
    | 'generate'
    | 'upgrade'
    | 'uninstall'
    | 'eject'
    | 'restore'
    | 'export'
    | 'mcp install';
  /** `proposed`: nothing was written yet, and the user will be asked. */
  readonly writing: Writing | 'proposed';
}

/** What was written, or would be, and what was refused and why. */
export function describeGenerated(report: GenerateReport, asked: GeneratorRequest, paint: Paint): Telling {
  const refused = report.actions.filter((action) => action.kind === 'refused');
  return {
    out: [...changes(report, asked, paint), ...summary(report, asked)],
    notes: [
      ...refused.flatMap((action) => describeRefusal(action, asked.command)),
      ...report.notices.map(describeNotice),
    ],
  };
}

/** The vendored runtime is many files and one thing. */
const RUNTIME = '.devgen/runtime/';

function changes({ actions, outcome }: GenerateReport, { writing }: GeneratorRequest, paint: Paint): readonly string[] {
  if (outcome === 'refused') return [];
  const changed = actions.filter(({ kind }) => kind !== 'unchanged' && kind !== 'refused');
  const rows = new Map(
    changed.map((action) => [nameOf(action.path) + action.kind, [`  ${wordFor(action)}`, nameOf(action.path)]]),
  );
  const diffs = changed.flatMap((action) =>
    'diff' in action && action.diff !== null ? ['', ...paintDiff(action.diff, paint)] : [],
  );
  return [...lineUp([...rows.values()]), ...(writing === 'done' || diffs.length === 0 ? [] : [...diffs, ''])];
}

function nameOf(path: string): string {
  return path.startsWith(RUNTIME) ? RUNTIME : path;
}

function wordFor({ kind }: FileAction): string {
  return kind === 'released' ? 'left as yours' : kind;
}

const NOTHING_TO_DO: Readonly<Record<GeneratorRequest['command'], string>> = {
  init: 'everything generated is up to date',
  template: 'the template is here already',
  generate: 'everything generated is up to date',
  upgrade: 'everything generated is up to date',
  uninstall: 'there is nothing to remove',
  eject: 'there is nothing to give away',
  restore: 'everything is as it was copied',
  export: 'everything exported is up to date',
  'mcp install': 'they are all there already',
};

function summary({ outcome, backup }: GenerateReport, { command, writing }: GeneratorRequest): readonly string[] {
  switch (outcome) {
    case 'up-to-date':
      return [NOTHING_TO_DO[command]];
    case 'would-change':
      if (writing === 'checked') return ['not up to date; `npx devgen generate` writes these'];
      return writing === 'proposed' ? [] : ['nothing was written (dry run)'];
    case 'written':
      return backup === null ? [] : [`copies of what was yours: ${backup}`];
    case 'refused':
      return ['nothing was written'];
  }
}
