import type { RefusalReason } from '../../generate/engine/step.ts';
import type { FileAction } from '../../generate/report.ts';
import { isLauncherPath } from '../../manifest/launcher.ts';
import type { GeneratorRequest } from './describe-generated.ts';

/** What is the matter with a file, as it stands behind its name. */
export const REASONS: Readonly<Record<RefusalReason, string>> = {
  edited: 'was edited since devgen wrote it',
  'not-ours': 'was there before devgen, with other content',
  'part-damaged': 'has markers without their partner',
  'not-json': 'is not JSON, or has nowhere to add to',
  'part-unsafe': 'would not be read back as it was written',
  'not-text': 'is not a text',
  'unsafe-path': 'does not lie in this repository',
  symlink: 'is a symbolic link',
  directory: 'is a folder',
  'special-file': 'is not an ordinary file',
  'parent-symlink': 'lies below a symbolic link',
  'parent-not-directory': 'lies below something that is not a folder',
  unreadable: 'cannot be read',
};

/** A whole program may have changed; that is for an editor, not for a terminal. */
const MOST_LINES = 40;

/** Why a file was left as it is, what was to become of it, and how to have that all the same. */
export function describeRefusal(
  { path, reason, diff }: Extract<FileAction, { kind: 'refused' }>,
  command: GeneratorRequest['command'],
): readonly string[] {
  return [
    `error: \`${path}\` ${REASONS[reason]}`,
    ...(diff === null ? [] : linesOf(diff).map((line) => `  ${line}`)),
    ...adviceFor({ path, reason }, command).map((advice) => `  hint: ${advice}`),
  ];
}

const OTHER_LAUNCHER = 'Or have the launcher called otherwise: `launcher: devctl` in the config.';

const IN_THE_WAY: ReadonlySet<RefusalReason> = new Set(['symlink', 'directory', 'special-file']);

type Refused = Pick<Extract<FileAction, { kind: 'refused' }>, 'path' | 'reason'>;

function adviceFor({ path, reason }: Refused, command: GeneratorRequest['command']): readonly string[] {
  if (IN_THE_WAY.has(reason)) {
    const moving = 'Move it away, or give it another name: a file of devgen has to lie there.';
    return isLauncherPath(path) ? [moving, OTHER_LAUNCHER] : [moving];
  }
  if (reason !== 'edited' && reason !== 'not-ours' && reason !== 'part-damaged') return [];
  if (command === 'template') return ['A template overwrites nothing: move the file away, or leave out `--template`.'];
  if (command === 'export') return ['The same with `--force` overwrites it and keeps a copy.'];
  const verb = command === 'upgrade' ? 'upgrade' : 'generate';
  const overwriting = `\`npx devgen ${verb} --force\` overwrites it and keeps a copy.`;
  return reason === 'not-ours' && isLauncherPath(path) ? [overwriting, OTHER_LAUNCHER] : [overwriting];
}

function linesOf(diff: string): readonly string[] {
  const lines = diff.trimEnd().split('\n');
  if (lines.length <= MOST_LINES + 1) return lines;
  return [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} lines more`];
}
