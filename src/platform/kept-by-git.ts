import { dirname } from 'node:path';

const PATIENCE_MS = 2000;

/** Which of these folders git does not ignore, absolute; none where there is no git or no repository. */
export function keptByGit(folders: readonly string[]): readonly string[] {
  const [first] = folders;
  if (first === undefined) return [];
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  // It names those that it ignores, and ends with 1 when it ignores none.
  const { status, stdout } = spawnSync('git', ['-C', dirname(first), 'check-ignore', '-z', '--stdin'], {
    input: folders.map((folder) => `${folder}\0`).join(''),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: PATIENCE_MS,
    windowsHide: true,
  });
  if (status !== 0 && status !== 1) return [];
  const ignored = new Set(stdout.split('\0'));
  return folders.filter((folder) => !ignored.has(folder));
}
