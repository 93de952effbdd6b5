import { endBySignal } from '../../platform/end-by-signal.ts';
import { EXIT } from './exit-code.ts';

/** Ends this process with the exit code of a command. */
export function endWith(code: number): never {
  // Node puts the terminal back in `process.exit`, and aborts where there is none any more.
  if (code === EXIT.hangup) endBySignal('SIGHUP');
  process.exit(code);
}
