import { basename, join } from 'node:path';
import { errorCode } from '../platform/error-code.ts';
import { findGitCheckout, originUrl } from '../platform/git-checkout.ts';
import { readRegularText } from '../platform/regular-file.ts';
import { isMapping } from './show-value.ts';

/**
 * What a project without `name` is called in every checkout of it: as its package.json says, or the repository it was
 * cloned from, or its own folder below that repository's root. Not the folder of the checkout, which each clone,
 * worktree and container has its own of. `undefined`: nothing says it.
 */
export function defaultName(root: string): string | undefined {
  return packageName(root) ?? repositoryName(root);
}

/** Without its scope; `undefined` also for a package.json that is not JSON, which npm will complain about. */
function packageName(root: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(readText(join(root, 'package.json')).replace(/^\uFEFF/, ''));
    const name = isMapping(parsed) ? parsed.name : undefined;
    return typeof name === 'string' && name !== '' ? name.replace(/^.*\//, '') : undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

function repositoryName(root: string): string | undefined {
  const checkout = findGitCheckout(root);
  if (checkout === undefined) return undefined;
  return checkout.root === root ? remoteName(originUrl(checkout) ?? '') : basename(root);
}

function remoteName(url: string): string | undefined {
  const name = basename(url.replace(/[\\:]/g, '/')).replace(/\.git$/, '');
  return name === '' ? undefined : name;
}

/** Empty when there is no such file. */
function readText(file: string): string {
  try {
    return readRegularText(file);
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return '';
  }
}
