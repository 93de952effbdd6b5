import { frameBetween } from './frame.ts';
import { openRawTerminal } from './raw-terminal.ts';
import type { Screen } from './screen.ts';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface FullScreenListener {
  /** What was typed, as it came. */
  onText(text: string): void;
  /** Another size, or all that was shown is gone. */
  onResize(size: ScreenSize): void;
}

/** The whole terminal, with its keys and mouse wheel. */
export interface FullScreen {
  readonly size: ScreenSize;
  /** Shows these rows; only those that changed are written, and nothing if none did. */
  draw(rows: readonly string[]): void;
  suspend(): void;
  /** The terminal is as it was before; a second time nothing happens. */
  close(): void;
}

/**
 * Source: xterm control sequences: alternate screen buffer, cursor, auto-wrap mode, mouse buttons with SGR coordinates,
 * bracketed paste.
 */
const OPEN = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?1000h\u001b[?1006h\u001b[?2004h\u001b[2J';
const CLOSE = '\u001b[?2004l\u001b[?1006l\u001b[?1000l\u001b[?7h\u001b[?25h\u001b[?1049l';
const USUAL: ScreenSize = { columns: 80, rows: 24 };

/** Open only where `Screen.canAsk`. Given back also when the process ends by a mistake of ours. */
export function openFullScreen(screen: Screen, { onText, onResize }: FullScreenListener): FullScreen {
  let shown: readonly string[] | undefined;
  const show = (): void => {
    if (shown !== undefined) return;
    shown = [];
    screen.steer('out', OPEN);
  };
  const hide = (): void => {
    if (shown !== undefined) screen.steer('out', CLOSE);
    shown = undefined;
  };
  const resized = (): void => {
    if (shown === undefined) return;
    // A terminal may have moved any of it.
    shown = [];
    onResize(sizeNow());
  };
  const terminal = openRawTerminal({
    onText,
    onSuspend() {
      hide();
      process.off('SIGTSTP', terminal.suspend);
    },
    onReturn() {
      process.on('SIGTSTP', terminal.suspend);
      show();
      resized();
    },
  });
  process.on('SIGTSTP', terminal.suspend);
  process.stdout.on('resize', resized);
  // The first comes before the mistake is printed.
  process.on('uncaughtExceptionMonitor', hide);
  process.on('exit', hide);
  show();
  return {
    get size() {
      return sizeNow();
    },
    draw(rows) {
      if (shown === undefined) return;
      const frame = frameBetween(shown, rows);
      shown = rows;
      if (frame !== '') screen.steer('out', frame);
    },
    suspend: terminal.suspend,
    close() {
      process.off('SIGTSTP', terminal.suspend);
      process.stdout.off('resize', resized);
      process.off('uncaughtExceptionMonitor', hide);
      process.off('exit', hide);
      terminal.close();
      hide();
    },
  };
}

function sizeNow(): ScreenSize {
  const { columns, rows } = process.stdout;
  return { columns: columns || USUAL.columns, rows: rows || USUAL.rows };
}
