import { fitColumns } from './fit-columns.ts';
import type { Screen } from './screen.ts';

/** Source: xterm control sequences: erase line. */
const ERASE = '\r\u001b[2K';
const PERIOD_MS = 1000;
const USUAL_COLUMNS = 80;

/** The last line of a terminal, which says what goes on now; what is printed above it stays. */
export class LastLine {
  readonly #screen: Screen;
  readonly #text: () => string;
  readonly #timer: NodeJS.Timeout;
  #shown = '';

  /** Only where stderr is a terminal. `text` may be empty: then there is nothing to say now. */
  constructor(screen: Screen, text: () => string) {
    this.#screen = screen;
    this.#text = text;
    this.#timer = setInterval(() => this.#draw(), PERIOD_MS);
    this.#draw();
  }

  /** Prints whole lines. */
  above(print: () => void): void {
    this.#erase();
    print();
    this.#draw();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#erase();
  }

  #draw(): void {
    // A terminal that is as wide as the line would begin another one.
    const columns = (process.stderr.columns || USUAL_COLUMNS) - 1;
    const text = fitColumns(this.#screen.shown(this.#text()), columns);
    if (text === this.#shown) return;
    this.#screen.steer('note', `${ERASE}${this.#screen.paintNote('dim', text)}`);
    this.#shown = text;
  }

  #erase(): void {
    if (this.#shown !== '') this.#screen.steer('note', ERASE);
    this.#shown = '';
  }
}
