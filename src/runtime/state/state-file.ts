import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseJson } from '../../base/parse-shape.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Shape } from '../../base/shape.ts';
import { errorCode } from '../../platform/error-code.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { overwriteRegularFile, readRegularText } from '../../platform/regular-file.ts';
import { writeFileAtomic } from '../../platform/write-file-atomic.ts';
import type { Failure } from './lifecycle.ts';

/**
 * `absent`: there is no such document. `denied`: there is one that this user may not read.
 * `damaged`: it is empty, cut off, edited by hand, of another version, or no regular file.
 */
export type Unread = 'absent' | 'denied' | 'damaged';

export type Unwritable = Extract<Failure, { reason: 'state-unwritable' }>;

/** Reads a JSON file of our own; whatever was done to it is a value, never an exception. */
export function readStateFile<Value>(path: string, shape: Shape<Value>): Result<Value, Unread> {
  let json: string;
  try {
    json = readRegularText(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return err('absent');
    return err(isDenied(code) ? 'denied' : 'damaged');
  }
  const value = parseJson(json, shape);
  return value === undefined ? err('damaged') : ok(value);
}

/** Whether a system's code says that this user may not. */
export function isDenied(code: string): boolean {
  return code === 'EACCES' || code === 'EPERM';
}

/**
 * Replaces a file atomically, for this user's eyes only, and makes its folder when that is missing.
 * Not synced to the disk: what is written here means nothing after a reboot.
 */
export function writeStateFile(path: string, content: string): Result<null, Unwritable> {
  return attempt(path, () => {
    makeFolder(dirname(path));
    writeFileAtomic(path, content, { mode: 0o600, link: 'replaced' });
  });
}

/** The same, but that on a full disk it writes over the old content, and removes the file where there is no room. */
export function writeOrRemove(path: string, content: string): Result<null, Unwritable> {
  const written = writeStateFile(path, content);
  if (written.ok || !['ENOSPC', 'EDQUOT'].includes(written.error.code)) return written;
  const overwritten = attempt(path, () => overwriteRegularFile(path, content));
  if (!overwritten.ok) removeStateFile(path);
  return overwritten;
}

/** Does nothing when the file is not there. */
export function removeStateFile(path: string): Result<null, Unwritable> {
  return attempt(path, () => rmSync(path, { force: true }));
}

function attempt(path: string, action: () => void): Result<null, Unwritable> {
  try {
    action();
    return ok(null);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return err({ reason: 'state-unwritable', path, code });
  }
}
