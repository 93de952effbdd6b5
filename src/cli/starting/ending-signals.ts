import { EXIT, type ExitCode } from '../output/exit-code.ts';

export type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The user's request to end, by Ctrl+C, `kill` or closing the terminal, without ending us at once. */
export interface EndingSignals {
  readonly first: Promise<EndingSignal>;
  /** Said twice: at once, then. */
  readonly second: Promise<EndingSignal>;
  isRaised(): boolean;
  /** The same request, made by a key. */
  raise(signal: EndingSignal): void;
  /** Signals have their usual effect again. */
  close(): void;
}

const SIGNALS: readonly EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A signal for which `isForOthers` holds when it comes is left to those who got it too. */
export function listenForEnd(isForOthers: (signal: EndingSignal) => boolean = () => false): EndingSignals {
  let count = 0;
  let resolveFirst: (signal: EndingSignal) => void;
  let resolveSecond: (signal: EndingSignal) => void;
  const first = new Promise<EndingSignal>((resolve) => {
    resolveFirst = resolve;
  });
  const second = new Promise<EndingSignal>((resolve) => {
    resolveSecond = resolve;
  });
  const raise = (signal: EndingSignal) => {
    count++;
    if (count === 1) resolveFirst(signal);
    else resolveSecond(signal);
  };
  const take = (signal: EndingSignal) => {
    if (!isForOthers(signal)) raise(signal);
  };
  for (const signal of SIGNALS) process.on(signal, take);
  return {
    first,
    second,
    isRaised: () => count > 0,
    raise,
    close() {
      for (const signal of SIGNALS) process.off(signal, take);
    },
  };
}

export function exitCodeOf(signal: EndingSignal): ExitCode {
  switch (signal) {
    case 'SIGINT':
      return EXIT.interrupted;
    case 'SIGTERM':
      return EXIT.terminated;
    case 'SIGHUP':
      return EXIT.hangup;
  }
}
