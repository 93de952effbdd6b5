import { plainWords } from './flags.ts';
import { JAVASCRIPT_PROGRAMS } from './programs/javascript.ts';
import { NODE_PROGRAMS } from './programs/node.ts';
import { OTHER_PROGRAMS } from './programs/other.ts';
import { PHP_PROGRAMS } from './programs/php.ts';
import { PYTHON_PROGRAMS } from './programs/python.ts';
import { RUBY_PROGRAMS } from './programs/ruby.ts';
import type { Ecosystem, ServerProgram } from './server-program.ts';

/** A row of the table with the ecosystem it belongs to. */
export interface RecognisedProgram {
  readonly program: ServerProgram;
  readonly ecosystem: Ecosystem;
}

const TABLES: readonly (readonly [Ecosystem, readonly ServerProgram[]])[] = [
  ['javascript', JAVASCRIPT_PROGRAMS],
  ['javascript', NODE_PROGRAMS],
  ['python', PYTHON_PROGRAMS],
  ['ruby', RUBY_PROGRAMS],
  ['php', PHP_PROGRAMS],
  ['other', OTHER_PROGRAMS],
];

const BY_NAME: ReadonlyMap<string, readonly RecognisedProgram[]> = index();

/** Flags of which the next word is the value, not the verb. */
const FLAGS_WITH_VALUE = [
  '--config',
  '-c',
  '--app',
  '-A',
  '--mode',
  '-m',
  '--env',
  '-e',
  '--host',
  '--port',
  '-p',
  '--cwd',
];

/** The row of the table that a program call (wrappers taken off) fits, or `undefined`. */
export function recogniseProgram(words: readonly string[]): RecognisedProgram | undefined {
  const [name = '', ...rest] = words;
  const verb = plainWords(rest, FLAGS_WITH_VALUE)[0] ?? '';
  return BY_NAME.get(name)?.find(
    ({ program }) =>
      (program.verbs === undefined ||
        program.verbs.includes(verb) ||
        (program.verbs.includes('') && looksLikePath(verb))) &&
      (program.flags === undefined || program.flags.some((flag) => rest.includes(flag))),
  );
}

/** `vite .` and `vite ./web` serve a folder: no verb. */
function looksLikePath(verb: string): boolean {
  return verb.startsWith('.') || verb.includes('/');
}

function index(): ReadonlyMap<string, readonly RecognisedProgram[]> {
  const rows = new Map<string, RecognisedProgram[]>();
  for (const [ecosystem, programs] of TABLES) {
    for (const program of programs) {
      for (const name of program.names) rows.set(name, [...(rows.get(name) ?? []), { program, ecosystem }]);
    }
  }
  return rows;
}
