import { basename } from 'node:path';
import { shortSum } from '../../base/short-sum.ts';
import { findGitCheckout, gitCheckoutAt, worktreesOf } from '../../platform/git-checkout.ts';

/** The longest that a part of a host name may be. Source: RFC 1035, 2.3.4. */
const LONGEST_LABEL = 63;
const SUM = /-[0-9a-f]{4}$/;

/** A worktree by what people call it. */
interface Named {
  readonly name: string;
  readonly label: string;
}

/**
 * The host name of a service for browsers: cookies do not know ports, so two worktrees on `localhost` share them.
 * Browsers lead what ends in `.localhost` to this machine themselves. `null`: this is no linked worktree.
 */
export function browserHost(root: string, names: { readonly service: string; readonly project: string }, label = '') {
  const checkout = findGitCheckout(root);
  if (checkout?.isLinked !== true) return null;
  const own = label.trim() === '' ? nameOf(checkout.root) : label;
  const others = worktreesOf(checkout)
    .filter((worktree) => worktree !== checkout.root)
    .map(nameOf);
  // Two that have no branch may lie in folders of one name.
  const worktree = others.includes(own) && label === '' ? `${own} ${shortSum(checkout.root)}` : own;
  const project = labelOf(names.project) || shortSum(names.project);
  return [names.service, distinctLabel(worktree, others), project, 'localhost'].join('.');
}

/** Of two that differ only in what no label shows, each gets a sum, but for one that is a label as it is. */
export function distinctLabel(name: string, others: readonly string[]): string {
  const own = named(name);
  const isTaken = others.map(named).some((other) => other.label === own.label && other.name !== own.name);
  if (own.name === own.label && !SUM.test(name)) return own.label;
  if (!isTaken && own.label !== '') return own.label;
  return labelOf(`${own.label.slice(0, LONGEST_LABEL - 5)}-${shortSum(name)}`);
}

function named(name: string): Named {
  return { name, label: labelOf(name) };
}

/** Lower-case letters, digits and single hyphens; what else there is parts words. */
function labelOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_LABEL)
    .replace(/^-+|-+$/g, '');
}

/** Its branch; where none is checked out, its folder. */
function nameOf(worktree: string): string {
  return /^ref: refs\/heads\/(.+)$/m.exec(gitCheckoutAt(worktree)?.head ?? '')?.[1] ?? basename(worktree);
}
