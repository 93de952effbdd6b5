/** The exit codes that scripts may rely on. A command that a signal ended gives 128 + the signal's number. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Source: sysexits.h, EX_SOFTWARE. */
  internal: 70,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
