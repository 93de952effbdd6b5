import { setImmediate } from 'node:timers/promises';
import { isInForeground } from '../../platform/is-in-foreground.ts';
import { suspendJob } from '../../platform/suspend-job.ts';
import type { LoneKeys } from './lone-keys.ts';

const CTRL_C = '\u0003';
const CTRL_Z = '\u001a';
const COME_BACK_MS = 100;
const TURNS_TO_READ = 3;

/** The terminal's keys, one by one, unechoed. */
export interface Keyboard {
  /** Resolves when keys count; what was typed before, for a prompt that never came, means nothing. */
  readonly ready: Promise<void>;
  /** The terminal is as it was before. */
  close(): void;
}

/** Node itself restores the terminal when the process exits without `close`. Listen only on a terminal. */
export function listenToKeys(into: LoneKeys): Keyboard {
  const { stdin } = process;
  let isTypedBefore = true;
  const take = (keys: string) => {
    // An arrow or function key is one sequence that means nothing here.
    if (keys.startsWith('\u001b')) return;
    for (const key of keys) {
      if (key === CTRL_Z) suspend();
      // Before it was raw the terminal made a signal of it.
      else if (key === CTRL_C || !isTypedBefore) into.take(key);
    }
  };
  const suspend = () => {
    into.drop();
    stdin.setRawMode(false);
    suspendJob();
    back = setTimeout(comeBack, COME_BACK_MS);
  };
  // Time stands still while we do. Who sets a terminal from the background is stopped for it.
  const comeBack = () => {
    if (isInForeground()) stdin.setRawMode(true);
    else back = setTimeout(comeBack, COME_BACK_MS);
  };
  let back: NodeJS.Timeout | undefined;
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', take);
  // A terminal that is gone is told by SIGHUP.
  stdin.on('error', ignore);
  stdin.resume();
  // All of it is read in the first turn that looks at the terminal.
  const forgetTypedBefore = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS_TO_READ; turn++) await setImmediate();
    isTypedBefore = false;
  };
  return {
    ready: forgetTypedBefore(),
    close() {
      clearTimeout(back);
      into.drop();
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

function ignore(): void {
  // See above.
}
