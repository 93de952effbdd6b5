import { setImmediate } from 'node:timers/promises';
import { openRawTerminal } from '../screen/raw-terminal.ts';
import type { LoneKeys } from './lone-keys.ts';

const CTRL_C = '\u0003';
const CTRL_Z = '\u001a';
const TURNS_TO_READ = 3;

/** The terminal's keys, one by one, unechoed. */
export interface Keyboard {
  /** Resolves when keys count; what was typed before, for a prompt that never came, means nothing. */
  readonly ready: Promise<void>;
  /** The terminal is as it was before. */
  close(): void;
}

/** Listen only on a terminal. */
export function listenToKeys(into: LoneKeys): Keyboard {
  let isTypedBefore = true;
  const terminal = openRawTerminal({
    onText(keys) {
      // An arrow or function key is one sequence that means nothing here.
      if (keys.startsWith('\u001b')) return;
      for (const key of keys) {
        if (key === CTRL_Z) terminal.suspend();
        // Before it was raw the terminal made a signal of it.
        else if (key === CTRL_C || !isTypedBefore) into.take(key);
      }
    },
    onSuspend: () => into.drop(),
    onReturn: () => undefined,
  });
  // All of it is read in the first turn that looks at the terminal.
  const forgetTypedBefore = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS_TO_READ; turn++) await setImmediate();
    isTypedBefore = false;
  };
  return {
    ready: forgetTypedBefore(),
    close() {
      into.drop();
      terminal.close();
    },
  };
}
