import type { ProcessIdentity } from '../../platform/process-identity.ts';
import { signalProcess } from '../../platform/signals.ts';
import { type CommandAnswer, runForDocuments } from './run-for-documents.ts';
import { Turns } from './turns.ts';

export interface OwnProgram {
  /** What this process runs, with the words before a command's own. */
  readonly file: string;
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The commands that do something: they must not be done again where only their answer is asked for. */
  readonly doing: ReadonlySet<string>;
}

/** A command of ours that runs, or whose answer is still to be taken. */
interface Running {
  readonly words: readonly string[];
  answer: Promise<CommandAnswer>;
  identity: ProcessIdentity | null;
  /** How many calls wait for it now. */
  waiters: number;
  isUnwanted: boolean;
}

/** For how long the answer of one that does something is kept for the caller who was told to come again. */
const KEPT_MS = 5 * 60_000;

/** Runs commands of this very program, for callers that come again for what takes longer than they may wait. */
export class OwnCommands {
  readonly #program: OwnProgram;
  readonly #running = new Map<string, Running>();
  /** Each is a process: more at once would only be slower. Tasks may take long, and nothing else waits for them. */
  readonly #tasks = new Turns({ atOnce: 4, waiting: 32 });
  readonly #others = new Turns({ atOnce: 8, waiting: 64 });

  constructor(program: OwnProgram) {
    this.#program = program;
  }

  /**
   * The answer; `null`: it goes on after `patienceMs`, and the next call with the same words gets it. A call that is
   * aborted ends the command unless others wait for it.
   */
  async call(words: readonly string[], patienceMs: number, signal: AbortSignal): Promise<CommandAnswer | null> {
    const key = JSON.stringify(words);
    const running = this.#running.get(key) ?? this.#begin(key, words);
    running.waiters += 1;
    const patience = waitAtMost(patienceMs, signal);
    try {
      const answer = await Promise.race([running.answer, patience.over]);
      if (answer !== null) this.#forget(key, running);
      return answer;
    } finally {
      patience.forget();
      running.waiters -= 1;
      if (signal.aborted && running.waiters === 0) {
        this.#forget(key, running);
        end(running);
      }
    }
  }

  /** Ends what runs as Ctrl+C would. */
  close(): void {
    for (const running of this.#running.values()) end(running);
  }

  #begin(key: string, words: readonly string[]): Running {
    const running: Running = { words, answer: never, identity: null, waiters: 0, isUnwanted: false };
    running.answer = this.#run(running).finally(() => {
      if (this.#program.doing.has(words[0] ?? '')) setTimeout(() => this.#forget(key, running), KEPT_MS).unref();
      else this.#forget(key, running);
    });
    this.#running.set(key, running);
    return running;
  }

  #forget(key: string, running: Running): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
  }

  async #run(running: Running): Promise<CommandAnswer> {
    const { words } = running;
    const { file, root, environment } = this.#program;
    const turns = words[0] === 'run' ? this.#tasks : this.#others;
    if (!(await turns.begin())) return { documents: [], notes: ['too much is asked for at once'], code: null };
    const onStart = (identity: ProcessIdentity): void => {
      running.identity = identity;
      if (running.isUnwanted) end(running);
    };
    try {
      if (running.isUnwanted) return { documents: [], notes: ['it was cancelled'], code: null };
      return await runForDocuments({ file, words, cwd: root, environment, onStart });
    } finally {
      turns.end();
    }
  }
}

/** Stands in until the command is begun. */
const never = new Promise<CommandAnswer>(() => undefined);

function end(running: Running): void {
  running.isUnwanted = true;
  if (running.identity !== null) signalProcess(running.identity, 'SIGTERM');
}

interface Patience {
  /** Resolves when it is over, or when the caller does not want the answer any more. */
  readonly over: Promise<null>;
  forget(): void;
}

function waitAtMost(patienceMs: number, signal: AbortSignal): Patience {
  let forget = (): void => undefined;
  const over = new Promise<null>((resolve) => {
    const give = (): void => resolve(null);
    const timer = setTimeout(give, patienceMs);
    if (signal.aborted) give();
    signal.addEventListener('abort', give);
    forget = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', give);
    };
  });
  return { over, forget };
}
