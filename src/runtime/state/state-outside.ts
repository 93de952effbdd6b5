import { linkOutside } from '../../platform/link-outside.ts';

/** Of each every parent counts, too. */
const FOLDERS = ['logs/.devgen/runs', 'logs/.devgen/status'];

/**
 * What of `logs/` leads out of the project, relative to `root`; `undefined`: nothing does. Every command asks before it
 * reads or writes anything there.
 */
export function stateOutside(root: string): string | undefined {
  for (const folder of FOLDERS) {
    const link = linkOutside(root, folder);
    if (link !== undefined) return link;
  }
  return undefined;
}
