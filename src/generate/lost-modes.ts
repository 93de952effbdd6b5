import { findGitCheckout } from '../platform/git-checkout.ts';
import { openShell } from './open-shell.ts';

/**
 * Which of these executable files git records as not executable: with `core.fileMode=false`, as on Windows and on some
 * shares, it does not look at the bit, and what is cloned says "Permission denied".
 */
export async function lostModes(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const config = findGitCheckout(root)?.config ?? '';
  if (!/^\s*fileMode\s*=\s*false\s*$/im.test(config) || paths.length === 0) return [];
  const shell = await openShell(root);
  const outcome = await shell.run(['git', '-c', 'core.quotePath=false', 'ls-files', '-s', '--', ...paths]);
  if (outcome.kind !== 'ran' || outcome.code !== 0) return [];
  const recorded = new Set(outcome.stdout.split('\n').flatMap((line) => /^100755 .*\t(.*)$/.exec(line)?.[1] ?? []));
  return paths.filter((path) => !recorded.has(path));
}
