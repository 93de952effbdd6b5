import { makeTargets } from '../make/make-targets.ts';
import { OWN_MAKEFILE } from '../make/read-makefiles.ts';
import { renderMake } from '../make/render-make.ts';
import { definesTarget } from '../make/scan-makefile.ts';
import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

/** The make targets, and the line in the user's Makefile that includes them, unless it stands there already. */
export function renderMakefile({ plan, launcher, repository: { makefile } }: ProjectFacts): Rendered<'makefile'> {
  const { targets } = makeTargets(plan, (name) => definesTarget(makefile.targets, name));
  const own = { [OWN_MAKEFILE]: renderMake(targets, launcher) };
  return makefile.includesOurs ? own : { ...own, [makefile.path]: `-include ${OWN_MAKEFILE}\n` };
}
