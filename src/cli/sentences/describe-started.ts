import { formatDuration } from '../../base/duration.ts';
import { describeFailure } from '../../runtime/sentences/describe-failure.ts';
import { type Sentence, sentence, type Words } from '../../runtime/sentences/sentence.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import type { LeftService, StartedService, StoppedService } from '../../runtime/supervisor/control/protocol.ts';
import { describeChanged } from './describe-changed.ts';

/** How the start of one service came out. */
export function describeStarted(started: StartedService, words: Words): Sentence {
  const { failure, outcome } = started;
  if (outcome === 'failed') {
    return failure === null ? sentence('bad', 'failed') : describeFailure(failure, started.service, words);
  }
  const at = started.url ?? (started.port === null ? null : `port ${started.port}`);
  const facts = [
    ...(started.pid === null ? [] : [`pid ${started.pid}`]),
    ...(outcome === 'already-running' || started.startupMs === null ? [] : [formatDuration(started.startupMs)]),
    `log ${pathsOf('').log(started.service)}`,
  ];
  const is = outcome === 'already-running' ? 'already running' : 'ready';
  const changed = describeChanged(started.changed, started.service, words);
  const text = `${is}${at === null ? '' : ` at ${at}`} (${facts.join(', ')})`;
  return sentence(
    'good',
    text,
    changed === null ? [] : [`hint: ${changed.charAt(0).toUpperCase()}${changed.slice(1)}.`],
  );
}

/** How the stop of one service came out. */
export function describeStopped(stopped: StoppedService, words: Words): Sentence {
  switch (stopped.outcome) {
    case 'stopped':
      return sentence('good', `stopped (${formatDuration(stopped.tookMs)})`);
    case 'was-not-running':
      return sentence('news', 'was not running');
    case 'failed':
      return stopped.failure === null
        ? sentence('bad', 'could not be stopped')
        : describeFailure(stopped.failure, stopped.service, words);
  }
}

/** Why a service goes on at the end of a task that it was started for. */
export function describeLeftRunning({ because }: LeftService): string {
  switch (because) {
    case 'needed':
      return 'left running, because another task needs it';
    case 'wanted':
      return 'left running, because it was started for its own sake meanwhile';
  }
}
