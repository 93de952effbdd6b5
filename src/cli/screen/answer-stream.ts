import type { Screen } from './screen.ts';

type Document = Readonly<Record<string, unknown>>;

/**
 * Sends messages to a client that may read slowly or not at all: without waiting for it, or it would keep us from being
 * told to end.
 */
export class AnswerStream {
  /** Resolves when the client has closed it. */
  readonly closed: Promise<void>;
  readonly #screen: Pick<Screen, 'json'>;

  constructor(screen: Pick<Screen, 'json'>) {
    this.#screen = screen;
    this.closed = new Promise((resolve) => process.stdout.once('error', () => resolve()));
  }

  /** `full`: more would only wait. */
  send(message: Document): 'sent' | 'full' {
    return process.stdout.write(`${this.#screen.json(message)}\n`) ? 'sent' : 'full';
  }

  /** Resolves when all has been taken that was sent. */
  async flushed(): Promise<void> {
    await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  }
}
