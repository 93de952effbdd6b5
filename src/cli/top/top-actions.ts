import { isObject } from '../../manifest/read-json.ts';
import { cleanShellEnvironment } from '../../plan/environment.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { OwnCommands } from '../elsewhere/own-commands.ts';
import type { CommandAnswer } from '../elsewhere/run-for-documents.ts';
import type { Screen } from '../screen/screen.ts';

const PATIENCE_MS = 60 * 60_000;

/** Does what the keys ask for by commands of their own, so that it is the same as on a command line. */
export class TopActions {
  readonly #commands: OwnCommands;
  readonly #running = new Set<Promise<void>>();
  readonly #tell: (message: string) => void;

  constructor({ root, environment }: Checkout, tell: (message: string) => void) {
    const [, file = ''] = process.argv;
    // Each answer is waited for.
    const doing = new Set<string>();
    this.#commands = new OwnCommands({ file, root, environment: cleanShellEnvironment(environment), doing });
    this.#tell = tell;
  }

  begin(words: readonly string[]): void {
    const what = words.join(' ');
    this.#tell(`${what} …`);
    const done = this.#commands
      .call([...words, '--json'], PATIENCE_MS, new AbortController().signal)
      .then((answer) => this.#tell(`${what}: ${answer === null ? 'it takes very long' : outcomeOf(answer)}`))
      .finally(() => this.#running.delete(done));
    this.#running.add(done);
  }

  /** Waits until all that was begun is over, or until it is `brokenOff`. */
  async finish(screen: Screen, brokenOff: Promise<unknown>): Promise<void> {
    if (this.#running.size > 0) {
      screen.note('waiting for what was begun; Ctrl+C ends it');
      await Promise.race([Promise.all(this.#running), brokenOff]);
    }
    this.close();
  }

  /** Ends what runs as Ctrl+C would. */
  close(): void {
    this.#commands.close();
  }
}

/** The reason stands below the service's title, or in its log. */
function outcomeOf({ code, documents, notes }: CommandAnswer): string {
  if (code === 0) return 'done';
  const error = documents.at(-1)?.error;
  if (isObject(error) && typeof error.message === 'string') return error.message;
  return notes.at(-1) ?? 'failed';
}
