import { existsSync, statSync } from 'node:fs';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { fileOwner } from '../../platform/file-owner.ts';
import type { LogSource } from '../../runtime/logs/log-segments.ts';
import { logTrouble } from '../../runtime/logs/open-log.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { describeLogTrouble, describeUnreadableLogs } from '../sentences/describe-misplaced.ts';

/** What stands where a log should be, and which logs cannot be read: nothing may be told of those. */
export function logTroubles(root: string, sources: readonly LogSource[]): readonly Diagnostic[] {
  const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const { logs } = pathsOf(root);
  if (!isFolder(logs)) return existsSync(logs) ? [describeUnreadableLogs('ENOTDIR')] : [];
  return sources.flatMap(({ service, log }) => {
    const code = logTrouble(log);
    return code === null ? [] : [describeLogTrouble(service, code, fileOwner(log))];
  });
}
