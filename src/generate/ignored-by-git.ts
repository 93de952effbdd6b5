import { openShell } from './open-shell.ts';

/**
 * Which of these paths git would leave out of a commit; empty without git or outside of a repository.
 * Source: git-check-ignore(1).
 */
export async function ignoredByGit(root: string, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const shell = await openShell(root);
  const outcome = await shell.run(['git', '-c', 'core.quotePath=false', 'check-ignore', '--no-index', '--', ...paths]);
  return outcome.kind === 'ran' ? outcome.stdout.split('\n').filter((path) => path !== '') : [];
}
