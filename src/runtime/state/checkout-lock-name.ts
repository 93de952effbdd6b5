import { sha256 } from '../../base/sha256.ts';

/** The lock that makes two supervisors of one checkout impossible; `root` must be the real path. */
export function checkoutLockName(root: string): string {
  return `checkout-${sha256(root).slice(0, 32)}`;
}
