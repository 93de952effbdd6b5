import { lstatSync } from 'node:fs';
import { join, sep } from 'node:path';
import { errorCode } from './error-code.ts';
import { realPathOf } from './real-path.ts';

/**
 * The first part of `path`, which is relative to `root`, that is a link out of `root`; `undefined`: none is.
 * Through one, a repository that was cloned could have files of the user's changed that are none of its own.
 */
export function linkOutside(root: string, path: string): string | undefined {
  const parts = path.split('/');
  return parts
    .map((_, index) => parts.slice(0, index + 1).join('/'))
    .find((each) => isLink(join(root, each)) && !isInside(root, realPathOf(join(root, each))));
}

function isInside(root: string, path: string): boolean {
  return `${path}${sep}`.startsWith(`${realPathOf(root)}${sep}`);
}

/** Of what cannot be looked at it is not known; it cannot be written either. */
export function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return false;
  }
}
