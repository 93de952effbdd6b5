import { launcherPaths } from '../../manifest/launcher.ts';
import type { Rendered } from './emitter.ts';
import { type ProjectFacts, template } from './project-facts.ts';

/**
 * `dev` and `dev.cmd`, by the name that the launcher has; both on every system: the one it is generated on need not be
 * the one it runs on.
 */
export function renderLauncher({ launcher, templates }: ProjectFacts): Rendered<'launcher'> {
  const [forShells, forWindows] = launcherPaths(launcher);
  return {
    [forShells]: template(templates, 'dev'),
    [forWindows]: withCarriageReturns(template(templates, 'dev.cmd')),
  };
}

/** Windows' command interpreter reads some batch files wrongly without them. */
function withCarriageReturns(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
