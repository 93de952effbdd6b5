import { lstatSync, type Stats } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { copyNewFile } from '../../platform/copy-new-file.ts';
import { errorCode } from '../../platform/error-code.ts';
import { findGitCheckout, mainWorktree } from '../../platform/git-checkout.ts';
import { linkOutside } from '../../platform/link-outside.ts';
import { makeFolder } from '../../platform/make-folder.ts';

/** Why a file could not be brought; `outside`: what leads there leaves the project. */
export type BringFailure =
  | { readonly reason: 'outside'; readonly path: string }
  | { readonly reason: 'unwritable'; readonly path: string; readonly code: string };

/** Those of the files, relative to the project, that a linked worktree lacks and the main one has. */
export function lackingFiles(root: string, paths: readonly string[]): readonly string[] {
  const lacking = paths.filter((path) => statOf(join(root, path)) === undefined);
  const main = lacking.length === 0 ? undefined : mainProject(root);
  return main === undefined ? [] : lacking.filter((path) => statOf(join(main, path))?.isFile() === true);
}

/** Copies them, with their permissions; what has come there meanwhile stays as it is. */
export function bringFiles(root: string, paths: readonly string[]): Result<readonly string[], BringFailure> {
  const main = mainProject(root);
  const lacking = lackingFiles(root, paths);
  if (main === undefined) return ok([]);
  for (const path of lacking) {
    if ([root, main].some((project) => linkOutside(project, path) !== undefined)) {
      return err({ reason: 'outside', path });
    }
    try {
      makeFolder(dirname(join(root, path)));
      copyNewFile(join(main, path), join(root, path));
    } catch (thrown) {
      const code = errorCode(thrown);
      if (code === undefined) throw thrown;
      return err({ reason: 'unwritable', path, code });
    }
  }
  return ok(lacking);
}

/** The same project in the main worktree; `undefined`: this one is no linked one, or the repository is bare. */
function mainProject(root: string): string | undefined {
  const checkout = findGitCheckout(root);
  const main = checkout?.isLinked === true ? mainWorktree(checkout) : undefined;
  return checkout === undefined || main === undefined ? undefined : join(main, relative(checkout.root, root));
}

/** `undefined`: nothing lies there, or nothing could. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return undefined;
  }
}
