import { type FSWatcher, statSync, watch } from 'node:fs';
import { msToSharedMoment, type Scheduled, systemClock } from './clock.ts';
import { errorCode } from './error-code.ts';

export interface PathWatch {
  close(): void;
}

/** As often as running services are looked at, so that both wake us together. */
const POLL_MS = 400;
/** Where the system has notified of this very path. */
const TOLD_POLL_MS = 2000;

/**
 * Calls `onChange` when a file or the contents of a folder change, appear, disappear or are replaced; maybe too often.
 * At once where the system notifies, within half a second where it cannot (network file systems, exhausted watches, a
 * path that does not exist yet). Keeps the process alive until it is closed.
 */
export function watchPath(path: string, onChange: () => void): PathWatch {
  let seen = stateOf(path);
  let isTold = false;
  const told = (event: string): void => {
    const wasTold = isTold;
    isTold = event === 'change';
    // The name may have another file soon, of which the system does not notify.
    if (wasTold && !isTold) {
      timer.cancel();
      timer = later();
    }
    onChange();
  };
  let watcher = startWatcher(path, told);
  const look = (): void => {
    timer = later();
    const now = stateOf(path);
    if (now === seen) return;
    // The system watches the file that had the name, not the one that has it now.
    if (fileOf(now) !== fileOf(seen) || watcher === undefined) {
      watcher?.close();
      watcher = startWatcher(path, told);
      isTold = false;
    }
    seen = now;
    onChange();
  };
  const later = (): Scheduled =>
    systemClock.schedule(msToSharedMoment(isTold ? TOLD_POLL_MS : POLL_MS, systemClock), look);
  let timer = later();
  return {
    close: () => {
      timer.cancel();
      watcher?.close();
    },
  };
}

function startWatcher(path: string, onEvent: (event: string) => void): FSWatcher | undefined {
  try {
    const watcher = watch(path, onEvent);
    // The slow look goes on without it.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch (thrown) {
    // Missing, or no more watches to be had (ENOSPC, EMFILE): the slow look has to do.
    if (errorCode(thrown) === undefined) throw thrown;
    return undefined;
  }
}

/** Device and inode, then what changes with the contents; empty: not there. */
function stateOf(path: string): string {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    return status === undefined ? '' : `${status.dev}:${status.ino}/${status.size}/${status.mtimeMs}`;
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return '';
  }
}

function fileOf(state: string): string {
  return state.split('/')[0] ?? '';
}
