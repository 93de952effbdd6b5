import type { WholeFile } from '../engine/desired-file.ts';
import type { ProjectFacts } from './project-facts.ts';
import { scriptFile, textFile } from './whole-file.ts';

/** `dev` and `dev.cmd`, both on every system: who generates is not who runs. */
export function emitLauncher({ templates }: ProjectFacts): readonly WholeFile[] {
  return [scriptFile('dev', templates.launcher), textFile('dev.cmd', withCarriageReturns(templates.windowsLauncher))];
}

/** Windows' command interpreter reads some batch files wrongly without them. */
function withCarriageReturns(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
