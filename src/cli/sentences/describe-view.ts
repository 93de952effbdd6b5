import { formatDuration } from '../../base/duration.ts';
import { describeExit } from '../../runtime/sentences/describe-exit.ts';
import { describeFailure } from '../../runtime/sentences/describe-failure.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { Colour } from '../screen/paint.ts';
import type { ServiceView } from '../status/service-view.ts';
import { describeChanged } from './describe-changed.ts';
import { describeStandstill } from './describe-standstill.ts';

export const STATE_COLOURS: Readonly<Record<ServiceView['state'], Colour>> = {
  ready: 'green',
  unhealthy: 'red',
  failed: 'red',
  crashed: 'red',
  starting: 'yellow',
  stopping: 'yellow',
  'backing-off': 'yellow',
  down: 'dim',
  unknown: 'yellow',
};

/** `12 ms excellent, 4 s ago`, `last probe failed`, `3 failures`, `-`. */
export function describeHealth({ status: { health, failure }, pid }: ServiceView, now: number): string {
  if (pid === null || health.verdict === 'unknown') return '-';
  if (health.verdict === 'unhealthy') {
    if (failure?.reason === 'not-listening') return 'port closed';
    if (failure?.reason === 'port-stolen') return 'port taken';
    return health.failures === 1 ? '1 failure' : `${health.failures} failures`;
  }
  // One failed probe makes no service unhealthy, but what was found before it is no news any more.
  if (health.failures > 0) return ['last probe failed', ...ageOf(health.checkedAt, now)].join(', ');
  const words = health.responseMs === null ? [] : [formatDuration(health.responseMs)];
  return [[...words, health.grade ?? 'healthy'].join(' '), ...ageOf(health.checkedAt, now)].join(', ');
}

export function describeAddress({ port, url }: ServiceView): string {
  return url ?? (port === null ? '-' : `port ${port}`);
}

export function describeUptime({ status, pid }: ServiceView, now: number): string {
  return pid === null || status.startedAt === null
    ? '-'
    : formatDuration(Math.max(0, now - Date.parse(status.startedAt)));
}

/** What the table has no column for: another port than wanted, restarts, since when and why it does not run. */
export function remarksOn(view: ServiceView, now: number, words: Words): readonly string[] {
  const { status, pid, port } = view;
  const remarks: string[] = [];
  if (port !== null && status.wantedPort !== null && port !== status.wantedPort) {
    remarks.push(`wanted port ${status.wantedPort}, has ${port}`);
  }
  if (!view.isListed) remarks.push(`not in the config any more; \`${words.program} stop ${status.service}\` ends it`);
  const changed = describeChanged(view.changed, status.service, words);
  if (changed !== null) remarks.push(changed);
  if (status.restarts > 0) remarks.push(describeRestarts(view, now, words));
  for (const each of view.stopped) {
    const stopped = each === 'service' ? pid : status.supervisor?.pid;
    remarks.push(describeStandstill(each === 'service' ? 'its process' : 'its supervisor', stopped));
  }
  if (pid !== null && !view.supervised) remarks.push(`no supervisor watches it; \`${words.program} start\` does again`);
  return [...(remarks.length === 0 ? [] : [remarks.join('; ')]), ...whyNotReady(view, now, words)];
}

/** Of one that does not run its state says why. */
function describeRestarts({ status, pid }: ServiceView, now: number, words: Words): string {
  const { restarts, lastRestart, service } = status;
  const count = restarts === 1 ? 'restarted once' : `restarted ${restarts} times`;
  if (lastRestart === null || pid === null) return count;
  const when = `${restarts === 1 ? '' : 'last '}${ago(lastRestart.at, now)}`;
  return `${count}, ${when}: ${describeFailure(lastRestart.failure, service, words).text}`;
}

function whyNotReady(view: ServiceView, now: number, words: Words): readonly string[] {
  const { status, state } = view;
  const start = () => `\`${words.program} start ${status.service}\``;
  const since = status.lastExit === null ? '' : ` ${ago(status.lastExit.at, now)}`;
  switch (state) {
    case 'unknown':
      if (view.file === 'absent') return [`it runs, and what was known of it is gone; ${start()} starts it anew`];
      if (view.file === 'denied') return [`its status file cannot be read; it belongs to ${view.owner}`];
      if (view.file === 'damaged') return [`its status file makes no sense; ${start()} writes it anew`];
      return [`it runs, and the record of its run cannot be read; \`${words.program} nuke\` ends it`];
    case 'down':
      if (status.startedAt === null) return ['never started'];
      return [status.wanted === 'up' ? endedByItself(view, now) : `stopped${since}`];
    case 'crashed':
      if (status.state === 'backing-off') {
        return [`${endedByItself(view, now)}, and no supervisor is there to start it again; ${start()} does`];
      }
      return [`its process${status.pid === null ? '' : ` (pid ${status.pid})`} is gone; ${start()} starts it again`];
    case 'unhealthy':
      if (status.failure === null) return [];
      return [describeFailure(status.failure, status.service, words).text];
    case 'failed': {
      if (status.failure === null) return [endedByItself(view, now)];
      const { text, details } = describeFailure(status.failure, status.service, words);
      if (status.failure.reason === 'ended-unseen') return [endedByItself(view, now), ...details];
      return [`${text}${since === '' ? '' : ` (${since.trim()})`}`, ...details];
    }
    case 'backing-off':
      return [`${whyBackingOff(view, now, words)}; it is started again soon`];
    default:
      return [];
  }
}

/** A run that was ended for a reason ended by our signal, which tells nothing. */
function whyBackingOff(view: ServiceView, now: number, words: Words): string {
  const { failure, lastExit, service } = view.status;
  if (failure === null || failure.reason === 'exited' || failure.reason === 'ended-unseen') {
    return endedByItself(view, now);
  }
  const since = lastExit === null ? '' : ` (${ago(lastExit.at, now)})`;
  return `${describeFailure(failure, service, words).text}${since}`;
}

function endedByItself({ status: { lastExit } }: ServiceView, now: number): string {
  if (lastExit === null) return 'ended';
  return ['ended', ago(lastExit.at, now), describeExit(lastExit)].filter((part) => part !== '').join(' ');
}

/** What was found out less than a second ago is so now. */
function ageOf(checkedAt: string | null, now: number): readonly string[] {
  const ageMs = checkedAt === null ? 0 : now - Date.parse(checkedAt);
  if (ageMs < 1000) return [];
  return [`${ageMs < 60_000 ? `${Math.floor(ageMs / 1000)} s` : formatDuration(ageMs)} ago`];
}

function ago(time: string, now: number): string {
  return `${formatDuration(Math.max(0, now - Date.parse(time)))} ago`;
}
