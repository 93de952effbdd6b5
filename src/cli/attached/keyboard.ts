/** The terminal's keys, one by one, unechoed. */
export interface Keyboard {
  /** The terminal is as it was before. */
  close(): void;
}

/** Node itself restores the terminal when the process exits without `close`. Listen only on a terminal. */
export function listenToKeys(onKey: (key: string) => void): Keyboard {
  const { stdin } = process;
  const take = (keys: string) => {
    // An arrow or function key is one sequence that means nothing here; a paste is many keys.
    if (keys.startsWith('\u001b')) return;
    for (const key of keys) onKey(key);
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', take);
  // A terminal that is gone is told by SIGHUP.
  stdin.on('error', ignore);
  stdin.resume();
  return {
    close() {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

function ignore(): void {
  // See above.
}
