import { systemClock } from '../../platform/clock.ts';
import { watchFifo } from '../../platform/fifo.ts';

/** The next moment at which it is worth looking again at what is left of a run. */
export interface RunEndWatch {
  /** After `ms`, or at once when the run's FIFO loses its last writer. */
  next(ms: number): Promise<void>;
  close(): void;
}

export function watchRunEnd(fifo: string): RunEndWatch {
  const watch = watchFifo(fifo);
  const ending = new AbortController();
  void watch?.emptied.then(() => ending.abort());
  return {
    // Once it has come the event tells nothing new, and must not end every later wait at once.
    next: (ms) => systemClock.delay(ms, ending.signal.aborted ? undefined : ending.signal),
    close: () => watch?.close(),
  };
}
