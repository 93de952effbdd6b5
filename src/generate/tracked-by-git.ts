import { openShell } from './open-shell.ts';

/** A file that only keeps an empty folder. */
const PLACEHOLDER = /(^|\/)(\.gitkeep|\.keep|\.gitignore|README(\.md)?)$/;

/** Whether git tracks a file in this folder that says more than that there is one; `false` without git. */
export async function tracksFilesIn(root: string, folder: string): Promise<boolean> {
  const shell = await openShell(root);
  const outcome = await shell.run(['git', '-c', 'core.quotePath=false', 'ls-files', '--', `${folder}/`]);
  if (outcome.kind !== 'ran') return false;
  return outcome.stdout.split('\n').some((path) => path !== '' && !PLACEHOLDER.test(path));
}
