import { listenersOn } from '../../../platform/listeners.ts';
import type { ReadyOutcome } from '../../health/await-ready.ts';
import type { Failure } from '../../state/lifecycle.ts';
import { type LastWords, lastWords, NO_WORDS } from './last-words.ts';
import { lookForReady, urlOf, WITHOUT_LIMIT_MS } from './watch-readiness.ts';
import type { WatchedRun } from './watched-run.ts';

/** A reload takes less; what takes longer, the user wants to know. */
const RELOAD_MS = 3000;
/** Shorter than any other port takes to be looked at. */
const HOME_MS = 4000;
/** A port that was open for longer before its own was closed is not the one that it moves to. */
const OVERLAP_MS = 3000;

/**
 * Watches a run that was ready, lives, and has closed its port: it may come back there, as a reloader does once the
 * code is mended, or on another port. It is not ready from this moment on; a reload that is soon over is no news.
 */
export async function watchReturn(watched: WatchedRun): Promise<'back' | 'ended'> {
  const { live, service, host, dispatch } = watched;
  const run = live.record.id;
  const { failureThreshold: failures, periodMs } = service.health;
  const checkedAt = host.timestamp();
  const failed = { verdict: 'unhealthy', responseMs: null, grade: null, failures: live.health.failures + 1 } as const;
  live.report({ ...failed, checkedAt });
  dispatch({ type: 'lapsed', run, failure: notListening(watched, NO_WORDS) });
  let isTold = false;
  const silence = host.clock.schedule(RELOAD_MS, () => {
    isTold = tellSilence(watched);
  });
  const comeBackAs = (outcome: ReadyOutcome) => conclude({ ...watched, isTold }, outcome);
  const at = { port: live.record.port, besides: live.besidesFor(OVERLAP_MS) };
  try {
    const health = { ...service.health, initialDelayMs: 0 };
    const soon = await lookForReady(watched, { ...health, startTimeoutMs: failures * periodMs }, at);
    if (soon.outcome !== 'timeout') return await comeBackAs(soon);
    const { seen } = soon;
    const failure: Failure =
      seen.kind === 'nothing-listens'
        ? notListening(watched, lastWords(live.record, host.root))
        : { reason: 'unhealthy', failures, seen };
    dispatch({ type: 'unhealthy', run, failure });
    return await comeBackAs(await lookForReady(watched, { ...health, startTimeoutMs: WITHOUT_LIMIT_MS }, at));
  } finally {
    silence.cancel();
  }
}

/** A run listens again on the port that it had left: if it answers there, that is its port again. */
export async function watchHome(watched: WatchedRun): Promise<'back' | 'ended'> {
  const { live, service } = watched;
  const health = { ...service.health, initialDelayMs: 0, startTimeoutMs: HOME_MS };
  const outcome = await lookForReady(watched, health, { port: live.movedFrom, besides: null });
  if (outcome.outcome === 'ready') return conclude({ ...watched, isTold: false }, outcome);
  live.stay();
  return outcome.outcome === 'aborted' ? 'ended' : 'back';
}

function notListening({ live }: WatchedRun, words: LastWords): Failure {
  return { reason: 'not-listening', port: live.record.port ?? 0, ...words };
}

function tellSilence(watched: WatchedRun): boolean {
  const { live, service, host, dispatch } = watched;
  const { port, root, id } = live.record;
  if (live.ending.signal.aborted || port === null || listenersOn(port).length > 0) return false;
  const words = lastWords(live.record, host.root);
  dispatch({ type: 'lapsed', run: id, failure: notListening(watched, words) });
  host.announce(service.name, { kind: 'alive-not-listening', pid: root?.pid ?? 0, ...words });
  return true;
}

/** Whether the user was told that it is gone. */
type Returning = WatchedRun & { readonly isTold: boolean };

async function conclude(watched: Returning, outcome: ReadyOutcome): Promise<'back' | 'ended'> {
  switch (outcome.outcome) {
    case 'ready':
      return comeBack(watched, outcome, await urlOf(watched, outcome));
    case 'stolen': {
      const { live, service, host, dispatch } = watched;
      const holders = host.holdersOf(outcome.others, service.name);
      const failure: Failure = { reason: 'port-stolen', port: outcome.port, holders };
      dispatch({ type: 'unhealthy', run: live.record.id, failure });
      // Whether the port is given back is looked after as of any run.
      return 'back';
    }
    case 'timeout':
    case 'aborted':
      return 'ended';
  }
}

function comeBack(
  watched: Returning,
  outcome: Extract<ReadyOutcome, { outcome: 'ready' }>,
  url: string | null,
): 'back' | 'ended' {
  const { live, service, host, dispatch, isTold } = watched;
  if (live.ending.signal.aborted) return 'ended';
  const { id, port: from } = live.record;
  const { port, grade } = outcome;
  if (port === null || port === from) live.amend({ port, url });
  else live.move({ port, url });
  live.noteSockets(outcome.sockets);
  const responseMs = Math.round(outcome.responseMs);
  live.report({ verdict: 'healthy', checkedAt: host.timestamp(), responseMs, grade, failures: 0 });
  dispatch({ type: 'ready', run: id });
  if (from !== null && port !== null && url !== null && port !== from) {
    host.claimPort(service.name, port, id);
    host.announce(service.name, { kind: 'moved', from, port, url });
  } else if (isTold) host.announce(service.name, { kind: 'healthy' });
  return 'back';
}
