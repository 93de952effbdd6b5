/** The exit codes that scripts may rely on. A command that a signal ended gives 128 + the signal's number. */
export const EXIT = {
  done: 0,
  /** It failed, or something asked for is down, unhealthy or drifted. */
  failed: 1,
  /** The arguments or the configuration are wrong. */
  usage: 2,
  /** A bug in devgen. Source: sysexits.h, EX_SOFTWARE. */
  internal: 70,
  /** Ended by the terminal's hang-up. */
  hangup: 129,
  /** Work was broken off with Ctrl+C. */
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
