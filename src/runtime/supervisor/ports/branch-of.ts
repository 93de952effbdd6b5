import { gitCheckoutAt } from '../../../platform/git-checkout.ts';

/**
 * The git branch that is checked out at `root`, for people who have several checkouts; `null`: none, or not a checkout.
 */
export function branchOf(root: string): string | null {
  return /^ref: refs\/heads\/(.+)$/m.exec(gitCheckoutAt(root)?.head ?? '')?.[1] ?? null;
}
