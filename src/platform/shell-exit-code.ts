import { constants } from 'node:os';
import type { ProcessEnd } from './spawn-service.ts';

/** Source: POSIX.1-2024, Shell Command Language, 2.8.2 Exit Status for Commands: more than 128. */
const SIGNALLED = 128;

/** The exit code with which a shell would tell how a process ended: its own, or 128 and the number of its signal. */
export function shellExitCode({ code, signal }: ProcessEnd): number {
  const number = Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0;
  return code ?? SIGNALLED + number;
}
