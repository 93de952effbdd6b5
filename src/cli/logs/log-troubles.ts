import { existsSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { fileOwner } from '../../platform/file-owner.ts';
import type { LogSource } from '../../runtime/logs/log-segments.ts';
import { logTrouble } from '../../runtime/logs/open-log.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { describeLogTrouble, describeUnreadableLogs } from '../sentences/describe-misplaced.ts';

/** What stands where a log should be, and which logs cannot be read: nothing may be told of those. */
export function logTroubles(root: string, sources: readonly LogSource[]): readonly Diagnostic[] {
  const ofServices = sources.map(({ service, log }) => ({ path: log, writer: `\`${service}\`` }));
  return troublesOf(root, ofServices);
}

/** The same of what devgen itself writes, and of what was rotated away from there. */
export function recordTroubles(root: string, paths: readonly string[]): readonly Diagnostic[] {
  const files = paths.flatMap((path) => [`${path}.1`, path]);
  return troublesOf(
    root,
    files.map((path) => ({ path, writer: 'devgen' })),
  ).slice(0, 1);
}

function troublesOf(root: string, files: readonly { readonly path: string; readonly writer: string }[]) {
  const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const { logs } = pathsOf(root);
  if (!isFolder(logs)) return existsSync(logs) ? [describeUnreadableLogs('ENOTDIR')] : [];
  return files.flatMap(({ path, writer }) => {
    const code = logTrouble(path);
    const file = relative(root, path);
    return code === null ? [] : [describeLogTrouble({ file, writer }, code, fileOwner(path))];
  });
}
