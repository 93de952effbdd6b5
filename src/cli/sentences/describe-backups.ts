import type { Backup } from '../../generate/restore.ts';
import { lineUp } from '../screen/columns.ts';

/** Each backup by the name to call it, with what is in it. */
export function describeBackups(backups: readonly Backup[]): readonly string[] {
  return lineUp(
    backups.map(({ date, paths }) => [
      date,
      paths.length === 0 ? 'its copies changed, or cannot be read' : paths.join(', '),
    ]),
  );
}
