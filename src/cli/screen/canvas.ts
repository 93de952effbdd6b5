import type { Screen } from './screen.ts';

/** A page of its own on the terminal, drawn over again and again. */
export interface Canvas {
  /** Replaces what is shown; what does not fit is left out. */
  draw(lines: readonly string[]): void;
  /** The terminal shows again what it did before. */
  close(): void;
}

/** Source: xterm control sequences: alternate screen buffer, cursor, auto-wrap mode. */
const OPEN = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const CLOSE = '\u001b[?7h\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
const USUAL_ROWS = 24;

/** Open only where `Screen.isWatched`. */
export function openCanvas(screen: Screen): Canvas {
  let prologue = OPEN;
  return {
    draw(lines) {
      // What we print ends with a line feed: the last row has to stay empty.
      const rows = Math.max(1, (process.stdout.rows ?? USUAL_ROWS) - 1);
      const shown = lines.slice(0, rows).map((line) => `${screen.shown(line)}${CLEAR_LINE}`);
      screen.steer('out', `${prologue}${HOME}${shown.join('\n')}${CLEAR_BELOW}\n`);
      prologue = '';
    },
    close() {
      if (prologue === '') screen.steer('out', `${CLOSE}\u001b[A\n`);
    },
  };
}
