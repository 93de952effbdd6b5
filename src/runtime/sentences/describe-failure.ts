import { formatDuration } from '../../base/duration.ts';
import type { Failure, LeftProcess } from '../state/lifecycle.ts';
import { pathsOf } from '../state/paths.ts';
import { adviseOnFailure, type OtherFailure } from './advise-on-failure.ts';
import { endedHow } from './describe-exit.ts';
import { describePortFailure } from './describe-port-failure.ts';
import { describeSeen } from './describe-seen.ts';
import { enumerate, quoteLog, type Sentence, sentence, type Words } from './sentence.ts';

/** Why a start, a run or a stop of `service` failed, and what to do about it. */
export function describeFailure(failure: Failure, service: string, words: Words): Sentence {
  switch (failure.reason) {
    case 'port-conflict':
    case 'port-invalid':
    case 'port-stolen':
      return describePortFailure(failure, service, words);
    case 'stop-incomplete':
      return stopIncomplete(failure, words);
    case 'cancelled':
      return sentence('warning', 'its start was cancelled', [
        `hint: \`${words.program} start ${service}\` starts it again.`,
      ]);
    default:
      return sentence('bad', reasonOf(failure), [
        ...evidenceOf(failure, service),
        ...adviseOnFailure(failure, service, words),
      ]);
  }
}

function reasonOf(failure: OtherFailure): string {
  switch (failure.reason) {
    case 'command-not-found':
      return `cannot start: there is no command \`${failure.command}\` in PATH`;
    case 'spawn-failed':
      return `cannot start: ${failure.message} (${failure.code})`;
    case 'cwd-missing':
      return `cannot start: its folder \`${failure.cwd}\` does not exist`;
    case 'before-failed':
      return `not started: \`${failure.command}\` ${endedHow('ended', failure.exit)}`;
    case 'before-timeout':
      return `not started: \`${failure.command}\` did not end within ${formatDuration(failure.timeoutMs)}`;
    case 'wait-for-timeout':
      return `not started: \`${failure.resource}\` was not there after ${formatDuration(failure.timeoutMs)}`;
    case 'dependency-failed':
      return `not started: \`${failure.dependency}\`, which it depends on, failed`;
    case 'exited': {
      const ended = `${endedHow('ended', failure.exit)} after ${formatDuration(failure.afterMs)}`;
      return failure.wasReady ? ended : `${ended}, before it was ready`;
    }
    case 'ended-unseen':
      return 'ended while no supervisor was there to see how';
    case 'start-timeout':
      return `not ready after ${formatDuration(failure.timeoutMs)}: ${describeSeen(failure.seen)}`;
    case 'crash-loop': {
      const crashes = `it crashed ${failure.crashes} times within ${formatDuration(failure.windowMs)}`;
      return `given up: ${crashes}; the last time it ${endedHow('ended', failure.exit)}`;
    }
    case 'unhealthy':
      return `failed ${probes(failure.failures)}: ${describeSeen(failure.seen)}`;
    case 'not-listening':
      return `alive, but it does not listen: its port ${failure.port} is closed`;
    case 'environment-invalid':
      return `not started: \`${failure.variable}\` of its environment: ${failure.message}`;
    case 'starts-itself':
      return `its own \`command\` is \`${failure.command}\`, which starts it: that would go on for ever`;
    case 'address-invalid': {
      const what = failure.key === 'health' ? 'URL' : 'address';
      return `not started: \`${failure.written}\` of its \`${failure.key}\` comes to be no ${what}`;
    }
    case 'blocked':
      return `left as it was, because \`${failure.by}\` cannot be started`;
    case 'memory-exceeded':
      return `took ${megabytes(failure.bytes)} of memory; its limit is ${megabytes(failure.limitBytes)}`;
    case 'too-slow': {
      const response = formatDuration(failure.responseMs);
      return `answered ${failure.times} times in a row in ${response} or so, which is critical`;
    }
    case 'record-unreadable': {
      const why = failure.because === 'denied' ? `belongs to ${failure.owner}` : 'makes no sense';
      return `left alone, because the record of its run ${why}: ${failure.path}`;
    }
    case 'compose-missing':
      return `not started: it is a container, and ${COMPOSE} is here`;
    case 'engine-down':
      return `not started: it is a container, and \`${failure.engine}\` is not running${because(failure.message)}`;
    case 'compose-failed':
      return `not started: \`${failure.command}\` ${endedHow('ended', failure.exit)}`;
    case 'compose-file-unreadable': {
      const why = failure.because === 'no-file' ? 'is no file' : 'is a pipe that nothing is written into';
      return `not started: \`${failure.path}\`, which compose would read, ${why}`;
    }
    case 'state-unwritable':
      return `cannot write \`${failure.path}\` (${failure.code})`;
  }
}

const COMPOSE = 'neither `docker compose`, `docker-compose` nor `podman compose`';

function because(message: string): string {
  return message === '' ? '' : ` (${message.replace(/\.$/, '')})`;
}

function probes(failures: number): string {
  return failures === 1 ? 'its last health probe' : `${failures} health probes in a row`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

function evidenceOf(failure: OtherFailure, service: string): readonly string[] {
  if (!('lastLines' in failure)) return [];
  const log = pathsOf('').log(service);
  // A port may have been closed this moment: the log was not looked into.
  if (failure.reason === 'not-listening' && failure.lastLines.length === 0) return [`log: ${log}`];
  if (failure.lastLines.length === 0) return [`it wrote nothing (log: ${log})`];
  return [...quoteLog(failure.lastLines), `log: ${log}`];
}

function stopIncomplete(failure: Extract<Failure, { reason: 'stop-incomplete' }>, words: Words): Sentence {
  const port = failure.port === null ? '' : `port ${failure.port} is still taken`;
  if (failure.left.length === 0)
    return sentence('bad', `not fully stopped: ${port}`, [
      `hint: \`${words.program} port ${failure.port}\` shows its holder.`,
    ]);
  const left = `${failure.left.length === 1 ? 'a process is' : `${failure.left.length} processes are`} left`;
  return sentence('bad', `not fully stopped: ${enumerate([left, port].filter((part) => part !== ''))}`, [
    ...describeLeftProcesses(failure.left),
    failure.left.some(({ pid }) => pid !== 0)
      ? 'hint: `kill -9 PID` ends what you may end; what belongs to another user needs sudo.'
      : `hint: Once that tells, \`${words.program} stop\` ends it.`,
  ]);
}

/** One line a process. */
export function describeLeftProcesses(left: readonly LeftProcess[]): readonly string[] {
  // Of what cannot be looked at no pid is known.
  return left.map(({ pid, command }) => (pid === 0 ? command : `pid ${pid}: ${command}`));
}
