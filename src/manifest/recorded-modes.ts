import { findGitCheckout } from '../platform/git-checkout.ts';
import { runTool } from '../platform/run-tool.ts';

/** Which of these executable files git has recorded as not executable, or will when they are added. */
export function modesToRecord(root: string, paths: readonly string[]): readonly string[] {
  const modes = recordedModes(root, paths);
  return modes === null ? [] : paths.filter((path) => modes.get(path) !== '100755');
}

/** Which of these executable files every clone gets without their bit. */
export function lostModes(root: string, paths: readonly string[]): readonly string[] {
  const modes = recordedModes(root, paths);
  return modes === null ? [] : paths.filter((path) => modes.get(path) === '100644');
}

/**
 * The modes that git records of these files, those that it tracks, where it does not look at them itself: with
 * `core.fileMode=false`, as on Windows and on some shares, an executable file is recorded as another one, and what is
 * cloned says "Permission denied". `null` everywhere else, and without git.
 */
function recordedModes(root: string, paths: readonly string[]): ReadonlyMap<string, string> | null {
  const config = findGitCheckout(root)?.config ?? '';
  if (!/^\s*fileMode\s*=\s*false\s*$/im.test(config) || paths.length === 0) return null;
  const git = (...args: readonly string[]) => runTool('git', ['-C', root, '-c', 'core.quotePath=false', ...args]);
  const listed = git('ls-files', '-s', '--', ...paths);
  if (listed === '' && git('--version') === '') return null;
  const entries = [...listed.matchAll(/^(\d{6}) [^\t]*\t(.*)$/gm)];
  return new Map(entries.map(([, mode = '', path = '']) => [path, mode]));
}
