import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BACKUPS_PATH } from '../../manifest/project-path.ts';
import { expectCodes } from '../../platform/error-code.ts';
import { sumsPath } from './backup-sums.ts';
import { backupDates, pathsInBackup } from './read-backup.ts';

/** Of the backups that hold this file and no other one, all but so many of the newest are removed. */
export function pruneBackups(root: string, path: string, keep: number): void {
  const ofIt = backupDates(root).filter((date) => {
    const paths = pathsInBackup(root, date);
    return paths?.length === 1 && paths[0] === path;
  });
  for (const folder of ofIt.slice(keep).map((date) => join(root, BACKUPS_PATH, date))) {
    try {
      // Its list goes last: without one the folder would be no backup any more, and stay for ever.
      rmSync(folder, { recursive: true, force: true });
      rmSync(sumsPath(folder), { force: true });
    } catch (thrown) {
      expectCodes(thrown, ['EACCES', 'EPERM', 'EROFS']); // A copy too many does no harm.
    }
  }
}
