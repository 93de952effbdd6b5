import { EMITTED_NAMES, type EmittedName, isEmitName } from '../../manifest/emitted-files.ts';
import { ruleFor } from '../../manifest/project-path.ts';
import type { DesiredFile, PartOfFile } from '../engine/desired-file.ts';
import { EMITTERS } from './emitters.ts';
import { isWanted } from './place-for.ts';
import type { ProjectFacts } from './project-facts.ts';

/** Every file that is wanted for these facts, with its text; pure. */
export function desiredFiles(facts: ProjectFacts): readonly DesiredFile[] {
  const names = EMITTED_NAMES.filter((name) => isWanted(name, facts.emit, facts.repository));
  return names.flatMap((name) =>
    Object.entries<string | Buffer | undefined>(EMITTERS[name](facts)).flatMap(([path, text]) =>
      text === undefined ? [] : [desiredFile(path, text, isAskedFor(name, facts) ? 'refuse' : 'leave-out')],
    ),
  );
}

function isAskedFor(name: EmittedName, { emit }: ProjectFacts): boolean {
  return isEmitName(name) && emit[name] === true;
}

function desiredFile(path: string, text: string | Buffer, blocked: PartOfFile['blocked']): DesiredFile {
  const rule = ruleFor(path);
  if (rule === undefined) throw new Error(`no row of EMITTED has the path ${path}`);
  const { kind, mode } = rule;
  const content = Buffer.from(text);
  switch (kind) {
    case 'file':
      return { kind, path, content, executable: mode === '755' };
    case 'seed':
      return { kind, path, content };
    case 'markdown-block':
      // Blank lines keep the markers apart from the text, as formatters would.
      return { kind, path, blocked, part: `\n${content.toString('latin1').trim()}\n\n` };
    default:
      return { kind, path, blocked, part: content.toString('latin1') };
  }
}
