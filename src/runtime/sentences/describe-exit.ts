import type { ExitStatus } from '../state/lifecycle.ts';

/** `with exit code 1`, `by signal SIGKILL`; empty when it is unknown how it ended. */
export function describeExit({ code, signal }: ExitStatus): string {
  if (signal !== null) return `by signal ${signal}`;
  return code === null ? '' : `with exit code ${code}`;
}

/** Puts `describeExit` after a verb: `ended with exit code 1`. */
export function endedHow(verb: string, exit: ExitStatus): string {
  return `${verb} ${describeExit(exit)}`.trimEnd();
}
