import { enumerate, type Words } from '../../runtime/sentences/sentence.ts';
import type { Reload } from '../reload/plan-reload.ts';
import { nameParts } from './describe-changed.ts';

/** What a reload does, a line a service, before it does it. */
export function describeReload({ restart, stop, follow, down }: Reload, { program }: Words): readonly string[] {
  const lines = [
    ...stop.map((service) => `${service}: stop, because the config has it no more`),
    ...restart.map(({ service, changed }) => `${service}: restart, because ${nameParts(changed)} changed`),
    ...follow.map(
      ({ service, dependency, port }) => `${service}: restart too, because \`${dependency}\` is to have port ${port}`,
    ),
  ];
  if (lines.length === 0) lines.push('all that runs is what the config says');
  if (down.length === 0) return lines;
  const names = enumerate(down.map((name) => `\`${name}\``));
  return [...lines, `not running: ${names}; \`${program} start\` starts what is not`];
}
