import { relative, sep } from 'node:path';
import { linkOutside } from '../../platform/link-outside.ts';
import { pathsOf } from './paths.ts';

/**
 * What of `logs/` leads out of the project, relative to `root`; `undefined`: nothing does. Every command asks before it
 * reads or writes anything there.
 */
export function stateOutside(root: string): string | undefined {
  const { runs, compiled } = pathsOf(root);
  for (const folder of [runs, compiled]) {
    const link = linkOutside(root, relative(root, folder).split(sep).join('/'));
    if (link !== undefined) return link;
  }
  return undefined;
}
