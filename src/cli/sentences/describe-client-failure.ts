import { dirname } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { ClientFailure } from '../../runtime/client/client-failure.ts';

export const REPLACED = "the project's devgen was replaced by another version while this command ran";

/** Why the supervisor could not be asked, and what to do about it. */
export function describeClientFailure(failure: ClientFailure): Diagnostic {
  switch (failure.reason) {
    case 'no-supervisor':
      return {
        code: 'runtime/no-supervisor',
        message: `the supervisor could not be started: ${failure.detail}`,
        // The folder is named when the log itself is what cannot be written.
        hint: failure.detail.includes(dirname(failure.logFile))
          ? `\`${dirname(failure.logFile)}\` must belong to you and be writable.`
          : `Its log says more: ${failure.logFile}`,
      };
    case 'supervisor-hangs':
      return {
        code: 'runtime/supervisor-hangs',
        message: `the supervisor (pid ${failure.pid}) does not answer`,
        hint:
          `\`kill -CONT ${failure.pid}\` wakes it if it was stopped. \`kill -9 ${failure.pid}\` ends it, and nothing ` +
          'else: the services go on, and the next command takes them over. `stop` and `kill` do that by themselves.',
      };
    case 'state-unwritable':
      return {
        code: 'runtime/state-unwritable',
        message: `cannot write \`${failure.path}\` (${failure.code})`,
        hint: 'It must belong to you and be writable.',
      };
    case 'state-denied':
      return {
        code: 'runtime/state-denied',
        message: `cannot read \`${failure.path}\`: it belongs to ${failure.owner}, so what runs here cannot be known`,
        hint: `Do it as ${failure.owner}.`,
      };
    case 'runtime-replaced':
      return {
        code: 'runtime/replaced',
        message: REPLACED,
        hint: 'What runs goes on; the same command again is of the new version.',
      };
    case 'protocol':
      return {
        code: 'runtime/protocol',
        message: `the supervisor did not finish its answer: ${failure.detail}`,
        hint: '`status` tells what runs now; try again.',
      };
    case 'cancelled':
      return { code: 'runtime/cancelled', message: 'broken off' };
  }
}

/** The supervisor hung: what had to be done to stop something all the same. */
export function describeEndedSupervisor(pid: number): string {
  return `the supervisor (pid ${pid}) did not answer and was ended`;
}
