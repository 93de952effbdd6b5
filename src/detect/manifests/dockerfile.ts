import { portNumber } from '../../base/port-number.ts';
import type { Repository } from '../repository/repository.ts';

/** A command that an image runs. */
export interface DockerCommand {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

interface Instruction {
  readonly word: string;
  readonly rest: string;
  readonly line: number;
}

/** The CMD and ENTRYPOINT lines of a Dockerfile, lists written as words. Empty without the file. */
export function dockerfileCommands(repository: Repository, file: string): readonly DockerCommand[] {
  return instructions(repository, file)
    .filter(({ word }) => word === 'CMD' || word === 'ENTRYPOINT')
    .map(({ rest, line }) => ({ text: asWords(rest), file, line }));
}

/** The ports that a Dockerfile exposes, in its order. */
export function exposedPorts(repository: Repository, file: string): readonly number[] {
  return instructions(repository, file)
    .filter(({ word }) => word === 'EXPOSE')
    .flatMap(({ rest }) => [...rest.matchAll(/\b(\d{2,5})\b/g)].flatMap((match) => portNumber(match[1]) ?? []));
}

/** The command of a HEALTHCHECK instruction, or `undefined`. */
export function dockerHealthCheck(repository: Repository, file: string): DockerCommand | undefined {
  const check = instructions(repository, file).findLast(
    ({ word, rest }) => word === 'HEALTHCHECK' && !/^NONE/i.test(rest),
  );
  return check === undefined
    ? undefined
    : { text: asWords(check.rest.replace(/^.*?CMD\s*/, '')), file, line: check.line };
}

function instructions(repository: Repository, file: string): readonly Instruction[] {
  return repository.remember(`docker:${file}`, () => {
    const found: Instruction[] = [];
    let pending: Instruction | undefined;
    for (const [index, raw] of (repository.text(file) ?? '').split('\n').entries()) {
      if (/^\s*#/.test(raw)) continue;
      const start = pending === undefined ? /^\s*([A-Za-z]+)\s+(.*)$/.exec(raw) : null;
      const current: Instruction | undefined =
        pending === undefined
          ? start === null
            ? undefined
            : { word: (start[1] ?? '').toUpperCase(), rest: start[2] ?? '', line: index + 1 }
          : { ...pending, rest: `${pending.rest} ${raw.trim()}` };
      pending = undefined;
      if (current === undefined) continue;
      if (current.rest.endsWith('\\')) pending = { ...current, rest: current.rest.slice(0, -1).trim() };
      else found.push(current);
    }
    return found;
  });
}

function asWords(rest: string): string {
  if (!rest.trim().startsWith('[')) return rest.trim();
  const words = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
  return words.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' ');
}
