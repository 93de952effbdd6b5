import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { alternatives } from './join-patterns.ts';

/** A command that the documentation tells developers to type. */
export interface DocumentedCommand {
  readonly text: string;
  /** Where it is typed, as far as `cd` lines before it say; the directory of the document otherwise. */
  readonly cwd: string;
  readonly file: string;
  readonly line: number;
}

const TITLES = alternatives(
  [
    /^(?:readme|contributing|develop(?:ment|ing|ers?)|setup|install(?:ation|ing)?(?:[-_]and[-_]\w+)?|hacking)$/,
    /^(?:getting[-_]started|quick[-_]?start|local[-_]development)$/,
  ],
  'i',
);
const DOCUMENT = /^([^.]+)(?:\.[a-z-]+)?\.(?:md|markdown|rst|txt|adoc)$/i;
/** The languages of fences that hold what is typed; '' is a fence without one. */
const SHELLS = new Set([
  ...['', 'sh', 'bash', 'shell', 'console', 'zsh', 'terminal', 'cmd', 'powershell', 'text', 'plaintext'],
  ...['shell-session', 'shellsession', 'sh-session'],
]);
const MAX_COMMANDS = 400;

/** The shell commands in the documents of a directory: fenced and indented blocks, and whole inline code spans. */
export function documentedCommands(repository: Repository, directory: string): readonly DocumentedCommand[] {
  return repository.remember(`readme:${directory}`, () => {
    const places = directory === '.' ? ['.', 'docs', 'doc', '.github'] : [directory];
    const files = places.flatMap((place) =>
      repository
        .filesIn(place)
        .filter((name) => TITLES.test(DOCUMENT.exec(name)?.[1] ?? ''))
        .map((name) => joinPath(place, name)),
    );
    return files.flatMap((file) => commandsIn(repository, file, directory)).slice(0, MAX_COMMANDS);
  });
}

function commandsIn(repository: Repository, file: string, home: string): readonly DocumentedCommand[] {
  const commands: DocumentedCommand[] = [];
  let fence: string | undefined;
  let cwd = home;
  for (const [index, raw] of (repository.text(file) ?? '').split('\n').entries()) {
    const mark = /^\s*(`{3,}|~{3,})\s*([\w-]*)/.exec(raw);
    if (mark !== null) {
      fence = fence === undefined ? (mark[2] ?? '').toLowerCase() : undefined;
      continue;
    }
    if (/^#{1,6}\s/.test(raw) && fence === undefined) cwd = home;
    const isBlock = fence === undefined ? /^(?: {4}|\t)\s*\S/.test(raw) : SHELLS.has(fence);
    const lines = isBlock
      ? [raw]
      : fence === undefined
        ? [...raw.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
        : [];
    for (const line of lines) {
      const text = line
        .trim()
        .replace(/^(?:\$|>|%|#|\(\w+\)\s*\$)\s+/, '')
        .replace(/\s+#\s.*$/, '');
      const move = /^cd\s+["']?([\w./-]+)["']?\s*(?:&&\s*(.*))?$/.exec(text);
      if (move !== null) {
        cwd = movedTo(repository, [cwd, home, '.'], move[1] ?? '.') ?? home;
        if (move[2] === undefined) continue;
      }
      const command = move?.[2] ?? text;
      if (/^[\w./~-]+(\s|$)/.test(command)) commands.push({ text: command, cwd, file, line: index + 1 });
    }
  }
  return commands;
}

/**
 * Documents jump about: a folder is looked for from here, then from the document's own place; a clone's folder is that
 * place.
 */
function movedTo(repository: Repository, starts: readonly string[], target: string): string | undefined {
  return starts
    .map((from) => joinPath(from, target))
    .find((path) => !path.startsWith('..') && repository.directories.includes(path));
}
