import type { ProcessIdentity } from '../../platform/process-identity.ts';
import { signalProcess } from '../../platform/signals.ts';
import { type CommandAnswer, runForDocuments } from '../elsewhere/run-for-documents.ts';

export interface OwnProgram {
  /** What this process runs, with the words before a command's own. */
  readonly file: string;
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A command of ours that runs. */
interface Running {
  readonly answer: Promise<CommandAnswer>;
  identity: ProcessIdentity | null;
  isUnwanted: boolean;
}

/** Each is a process: more at once would only be slower. */
const MOST_AT_ONCE = 4;

/** Runs commands of this very program, for callers that come again for what takes longer than they may wait. */
export class OwnCommands {
  readonly #program: OwnProgram;
  readonly #running = new Map<string, Running>();
  readonly #waiting: (() => void)[] = [];
  #free = MOST_AT_ONCE;

  constructor(program: OwnProgram) {
    this.#program = program;
  }

  /** The answer; `null`: it goes on after `patienceMs`, and the next call with the same words waits for it. */
  async call(words: readonly string[], patienceMs: number, signal: AbortSignal): Promise<CommandAnswer | null> {
    const key = JSON.stringify(words);
    const running = this.#running.get(key) ?? this.#begin(key, words);
    const cancel = (): void => this.#end(running);
    signal.addEventListener('abort', cancel);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), patienceMs);
    });
    try {
      return await Promise.race([running.answer, patience]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Ends what runs as Ctrl+C would. */
  close(): void {
    for (const running of this.#running.values()) this.#end(running);
  }

  #begin(key: string, words: readonly string[]): Running {
    const running: Running = {
      answer: this.#run(words, (identity) => {
        running.identity = identity;
        if (running.isUnwanted) this.#end(running);
      }).finally(() => this.#running.delete(key)),
      identity: null,
      isUnwanted: false,
    };
    this.#running.set(key, running);
    return running;
  }

  async #run(words: readonly string[], onStart: (identity: ProcessIdentity) => void): Promise<CommandAnswer> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    const { file, root, environment } = this.#program;
    try {
      return await runForDocuments({ file, words, cwd: root, environment, onStart });
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  #end(running: Running): void {
    running.isUnwanted = true;
    if (running.identity !== null) signalProcess(running.identity, 'SIGTERM');
  }
}
