import type { DesiredFile } from '../engine/desired-file.ts';
import { makeTargets } from '../make/make-targets.ts';
import { OWN_MAKEFILE } from '../make/read-makefiles.ts';
import { renderMake } from '../make/render-make.ts';
import { definesTarget } from '../make/scan-makefile.ts';
import type { ProjectFacts } from './project-facts.ts';
import { textFile } from './whole-file.ts';

/** The make targets, and the line in the user's Makefile that includes them, unless it stands there already. */
export function emitMakefile({ emit, plan, makefile }: ProjectFacts): readonly DesiredFile[] {
  if (!emit.makefile) return [];
  const { targets } = makeTargets(plan, (name) => definesTarget(makefile.targets, name));
  const included: DesiredFile = { kind: 'block', path: makefile.path, part: `-include ${OWN_MAKEFILE}\n` };
  const own = textFile(OWN_MAKEFILE, renderMake(targets));
  return makefile.includesOurs ? [own] : [own, included];
}
