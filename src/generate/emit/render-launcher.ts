import type { Rendered } from './emitter.ts';
import { type ProjectFacts, template } from './project-facts.ts';

/** `dev` and `dev.cmd`, both on every system: the one it is generated on need not be the one it runs on. */
export function renderLauncher({ templates }: ProjectFacts): Rendered<'launcher'> {
  return { dev: template(templates, 'dev'), 'dev.cmd': withCarriageReturns(template(templates, 'dev.cmd')) };
}

/** Windows' command interpreter reads some batch files wrongly without them. */
function withCarriageReturns(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
