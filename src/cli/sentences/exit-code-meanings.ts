import { EXIT, type ExitCode } from '../output/exit-code.ts';

/** What `help` says of each exit code. */
export const EXIT_CODE_MEANINGS: readonly { readonly code: ExitCode; readonly meaning: string }[] = [
  { code: EXIT.done, meaning: 'done' },
  { code: EXIT.failed, meaning: 'failed, or something asked for is down' },
  { code: EXIT.usage, meaning: 'wrong arguments or configuration' },
  { code: EXIT.internal, meaning: 'a bug in devgen' },
  { code: EXIT.hangup, meaning: 'the terminal hung up' },
  { code: EXIT.interrupted, meaning: 'broken off with Ctrl+C' },
  { code: EXIT.terminated, meaning: 'ended by SIGTERM' },
];
