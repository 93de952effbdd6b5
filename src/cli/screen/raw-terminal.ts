import { isInForeground } from '../../platform/is-in-foreground.ts';
import { suspendJob } from '../../platform/suspend-job.ts';

export interface RawListener {
  /** What was typed, unechoed, as it came: one key, or several. */
  onText(text: string): void;
  /** Before this process stops, and after it goes on and has the terminal again. */
  onSuspend(): void;
  onReturn(): void;
}

export interface RawTerminal {
  /** Stops this process and its job, as Ctrl+Z does elsewhere. */
  suspend(): void;
  /** The terminal is as it was before. */
  close(): void;
}

const COME_BACK_MS = 100;

/** Takes keys one by one. Node itself restores the terminal when the process exits without `close`. */
export function openRawTerminal({ onText, onSuspend, onReturn }: RawListener): RawTerminal {
  const { stdin } = process;
  let back: NodeJS.Timeout | undefined;
  const suspend = () => {
    onSuspend();
    stdin.setRawMode(false);
    suspendJob();
    clearTimeout(back);
    back = setTimeout(comeBack, COME_BACK_MS);
  };
  // Time stands still while we do. Who sets a terminal from the background is stopped for it.
  const comeBack = () => {
    if (isInForeground()) {
      stdin.setRawMode(true);
      onReturn();
    } else back = setTimeout(comeBack, COME_BACK_MS);
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', onText);
  // A terminal that is gone is told by SIGHUP.
  if (!stdin.listeners('error').includes(ignore)) stdin.on('error', ignore);
  stdin.resume();
  return {
    suspend,
    close() {
      clearTimeout(back);
      stdin.off('data', onText);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

function ignore(): void {
  // See above.
}
