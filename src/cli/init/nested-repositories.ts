import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findGitCheckout, gitCheckoutAt } from '../../platform/git-checkout.ts';

/** The folders of a directory that are repositories, where it belongs to none itself. */
export function nestedRepositories(directory: string): readonly string[] {
  if (findGitCheckout(directory) !== undefined) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && gitCheckoutAt(join(directory, entry.name)) !== undefined)
    .map(({ name }) => name)
    .sort();
}
