import { flagValue, plainWords } from './flags.ts';

/** A command line inside a program call. */
export interface NestedCommand {
  readonly text: string;
  /** Whether the program runs it again and again, so that the whole call is what developers type. */
  readonly isWatched: boolean;
}

/** Flags of nodemon with a value. Source: `nodemon --help options`. */
const NODEMON_VALUES = '-e --ext -w --watch -i --ignore --delay --signal --config --cwd -C'.split(' ');
const WATCHERS = ['nodemon', 'rerun', 'watchexec', 'entr', 'reflex'];

/** `sh -c '…'`, `nodemon --exec '…' file`, `tsc-watch --onSuccess '…'`; `undefined` for other programs. */
export function nestedCommand(words: readonly string[]): NestedCommand | undefined {
  const [name = ''] = words;
  if (['sh', 'bash', 'zsh'].includes(name)) return plain(flagValue(words, ['-c', '-lc', '-ec', '-exc']));
  const success = flagValue(words, ['--onSuccess', '--on-success', '--onsuccess']);
  if (success !== undefined) return { text: success, isWatched: true };
  const exec = WATCHERS.includes(name) ? flagValue(words, ['--exec', '-x']) : undefined;
  if (exec !== undefined) {
    const behind = words.slice(words.indexOf(exec) + 1);
    const own = name === 'nodemon' ? plainWords(behind, NODEMON_VALUES) : behind;
    return { text: [exec, ...own].join(' '), isWatched: true };
  }
  // node-env-run reads `.env` and then runs a file, or a program with it.
  if ((name === 'node-env-run' || name === 'nodenv') && words[1] !== undefined)
    return plain(`${flagValue(words, ['--exec']) ?? 'node'} ${words[1]}`);
  return name === 'rerun' ? plain(words.find((word) => word.includes(' '))) : undefined;
}

function plain(text: string | undefined): NestedCommand | undefined {
  return text === undefined ? undefined : { text, isWatched: false };
}
