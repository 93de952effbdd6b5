import type { RestartCause } from '../../../plan/plan.ts';
import type { ExitStatus, Failure } from '../../state/lifecycle.ts';
import { crashed, end, forgiven, historyOf, launch, recentCrashes, rest, stay } from './moves.ts';
import type {
  AfterStop,
  Circumstances,
  History,
  Lifecycle,
  LifecycleEvent,
  StopMode,
  TransitionResult,
} from './service-lifecycle.ts';

type Event<Type extends LifecycleEvent['type']> = Extract<LifecycleEvent, { readonly type: Type }>;

/** How often in a row a start may choose another port because another server was faster. */
const MAX_LOST_RACES = 3;

const TO_LAUNCH: AfterStop = { next: 'launch', failure: null, lostRaces: 0 };
const TO_REST: AfterStop = { next: 'rest', failure: null };

/**
 * The life of a service as one pure table, `(lifecycle, event) -> (lifecycle, actions)`; drawn under "The life of a
 * service" in ARCHITECTURE.md.
 * News of another run than the current one changes nothing.
 */
export function transition(
  lifecycle: Lifecycle,
  event: LifecycleEvent,
  circumstances: Circumstances,
): TransitionResult {
  if ('run' in event && event.type !== 'adopted' && event.run !== lifecycle.run) return stay(lifecycle);
  switch (event.type) {
    case 'start':
      return onStart(lifecycle, circumstances);
    case 'stop':
      return onStop(lifecycle, event.mode);
    case 'restart':
      return onRestart(lifecycle, circumstances);
    case 'adopted':
      return onAdopted(lifecycle, event);
    case 'inherited':
      return onInherited(lifecycle, event, circumstances);
    case 'ready':
      return onReady(lifecycle);
    case 'unhealthy':
      return onUnhealthy(lifecycle, event.failure, circumstances);
    case 'lapsed':
      return onLapsed(lifecycle, event.failure);
    case 'replace':
      return onReplace(lifecycle, event.failure, circumstances);
    case 'broken':
      return onBroken(lifecycle, event.failure, circumstances);
    case 'lost-race':
      return onLostRace(lifecycle, event.failure, circumstances);
    case 'exited':
      return onExited(lifecycle, event, circumstances);
    case 'stopped':
      return onStopped(lifecycle, event.exit, circumstances);
    case 'stop-failed':
      return onStopFailed(lifecycle, event.failure);
    case 'backed-off':
      return lifecycle.state === 'backing-off' ? launch(lifecycle, circumstances) : stay(lifecycle);
  }
}

function onStart(lifecycle: Lifecycle, circumstances: Circumstances): TransitionResult {
  switch (lifecycle.state) {
    case 'starting':
    case 'ready':
    case 'unhealthy':
      return stay({ ...lifecycle, wanted: 'up' });
    case 'stopping':
      return stay({ ...historyOf(lifecycle), wanted: 'up', state: 'stopping', run: lifecycle.run, ...TO_LAUNCH });
    case 'failed':
      if (lifecycle.run === null) return launch(forgiven(lifecycle), circumstances);
      return end({ ...forgiven(lifecycle), run: lifecycle.run }, TO_LAUNCH);
    case 'down':
      return launch(forgiven(lifecycle), circumstances);
    case 'backing-off':
      return launch(forgiven(lifecycle), circumstances, { before: [{ do: 'cancel-back-off' }] });
  }
}

function onStop(lifecycle: Lifecycle, mode: StopMode): TransitionResult {
  const history: History = { ...historyOf(lifecycle), wanted: 'down' };
  switch (lifecycle.state) {
    case 'down':
      return rest(history, null);
    case 'backing-off':
      return { ...rest(history, null), actions: [{ do: 'cancel-back-off' }] };
    case 'failed':
      if (lifecycle.run === null) return rest(history, null);
      return end({ ...history, run: lifecycle.run }, TO_REST, mode);
    case 'starting':
    case 'ready':
    case 'unhealthy':
      return end({ ...history, run: lifecycle.run }, TO_REST, mode);
    case 'stopping': {
      const hurried = end({ ...history, run: lifecycle.run }, TO_REST, mode);
      return mode === 'kill' ? hurried : stay(hurried.lifecycle);
    }
  }
}

function onRestart(lifecycle: Lifecycle, circumstances: Circumstances): TransitionResult {
  if (lifecycle.state === 'starting' || lifecycle.state === 'ready' || lifecycle.state === 'unhealthy') {
    return end({ ...forgiven(lifecycle), run: lifecycle.run }, TO_LAUNCH);
  }
  return onStart(lifecycle, circumstances);
}

function onAdopted(lifecycle: Lifecycle, { run, past, as }: Event<'adopted'>): TransitionResult {
  if (lifecycle.state !== 'down') return stay(lifecycle);
  const history: History = { ...historyOf(lifecycle), ...past, wanted: as.state === 'failed' ? past.wanted : 'up' };
  switch (as.state) {
    case 'failed':
      return stay({ ...history, state: 'failed', run, failure: as.failure });
    case 'starting':
      return stay({ ...history, state: 'starting', run, failure: null, lostRaces: 0 });
    case 'ready':
      return stay({ ...history, state: 'ready', run, failure: null });
    case 'unhealthy':
      return stay({ ...history, state: 'unhealthy', run, failure: as.failure });
  }
}

function onInherited(
  lifecycle: Lifecycle,
  { past, next, failure }: Event<'inherited'>,
  circumstances: Circumstances,
): TransitionResult {
  if (lifecycle.state !== 'down') return stay(lifecycle);
  const history: History = { ...historyOf(lifecycle), ...past };
  // The crash and the restart that was due for it are counted already.
  const before = { restarts: past.restarts - 1, crashTimes: past.crashTimes.slice(0, -1) };
  if (next === 'back-off') return crashed({ ...history, ...before }, failure, circumstances);
  return rest(history, past.wanted === 'up' ? failure : null);
}

function onReady(lifecycle: Lifecycle): TransitionResult {
  if (lifecycle.state !== 'starting' && lifecycle.state !== 'unhealthy') return stay(lifecycle);
  return stay({ ...historyOf(lifecycle), state: 'ready', run: lifecycle.run, failure: null });
}

function onUnhealthy(lifecycle: Lifecycle, failure: Failure, { restart, nowMs }: Circumstances): TransitionResult {
  if (lifecycle.state !== 'starting' && lifecycle.state !== 'ready' && lifecycle.state !== 'unhealthy') {
    return stay(lifecycle);
  }
  const { run } = lifecycle;
  const history = historyOf(lifecycle);
  // The first start is told by its command, and the user decides.
  const isFirstStart = lifecycle.state === 'starting' && lifecycle.restarts === 0;
  if (isFirstStart || !restart.on.includes(illnessIn(failure))) {
    return stay({ ...history, state: 'unhealthy', run, failure });
  }
  const crashTimes = recentCrashes(history.crashTimes, nowMs, restart);
  return end({ ...history, crashTimes, run }, { next: 'back-off', failure });
}

function illnessIn({ reason }: Failure): RestartCause {
  if (reason === 'port-stolen') return 'port';
  return reason === 'too-slow' ? 'slow' : 'unhealthy';
}

function onLapsed(lifecycle: Lifecycle, failure: Failure): TransitionResult {
  if (lifecycle.state !== 'ready' && lifecycle.state !== 'unhealthy') return stay(lifecycle);
  return stay({ ...historyOf(lifecycle), state: 'unhealthy', run: lifecycle.run, failure });
}

function onReplace(lifecycle: Lifecycle, failure: Failure, circumstances: Circumstances): TransitionResult {
  if (lifecycle.state !== 'ready' && lifecycle.state !== 'unhealthy') {
    return onBroken(lifecycle, failure, circumstances);
  }
  if (!circumstances.restart.on.includes('memory')) return end(lifecycle, { next: 'rest', failure });
  return end(lifecycle, { next: 'back-off', failure });
}

function onBroken(lifecycle: Lifecycle, failure: Failure, { restart }: Circumstances): TransitionResult {
  switch (lifecycle.state) {
    case 'starting':
    case 'ready':
    case 'unhealthy': {
      // A dependency that comes back by itself was waited for: another try would be no crash of this service either.
      const isFinal = failure.reason === 'dependency-failed' || restart.policy === 'never';
      const next = lifecycle.restarts > 0 && !isFinal ? 'back-off' : 'rest';
      return end(lifecycle, next === 'rest' ? { next, failure } : { next, failure });
    }
    default:
      return stay(lifecycle);
  }
}

function onLostRace(lifecycle: Lifecycle, failure: Failure, circumstances: Circumstances): TransitionResult {
  if (lifecycle.state !== 'starting' || !mayTryAnotherPort(lifecycle, circumstances)) {
    return onBroken(lifecycle, failure, circumstances);
  }
  return end(lifecycle, { next: 'launch', failure: null, lostRaces: lifecycle.lostRaces + 1 });
}

function mayTryAnotherPort({ lostRaces }: { readonly lostRaces: number }, { hasOtherPort }: Circumstances): boolean {
  return hasOtherPort && lostRaces < MAX_LOST_RACES;
}

function onExited(
  lifecycle: Lifecycle,
  { exit, failure, hasLostRace }: Event<'exited'>,
  circumstances: Circumstances,
): TransitionResult {
  const history: History = { ...historyOf(lifecycle), lastExit: exit };
  switch (lifecycle.state) {
    case 'starting':
      if (hasLostRace && mayTryAnotherPort(lifecycle, circumstances)) {
        return launch(history, circumstances, { lostRaces: lifecycle.lostRaces + 1 });
      }
      return history.restarts === 0 ? rest(history, failure) : crashed(history, failure, circumstances);
    case 'ready':
    case 'unhealthy': {
      const { policy } = circumstances.restart;
      const isClean = exit.code === 0;
      if (policy === 'always' || (policy === 'on-failure' && !isClean)) return crashed(history, failure, circumstances);
      return rest(history, isClean ? null : failure);
    }
    default:
      return stay({ ...lifecycle, lastExit: exit });
  }
}

function onStopped(lifecycle: Lifecycle, exit: ExitStatus | null, circumstances: Circumstances): TransitionResult {
  const history: History = { ...historyOf(lifecycle), lastExit: exit ?? lifecycle.lastExit };
  if (lifecycle.state !== 'stopping') return stay({ ...lifecycle, lastExit: history.lastExit });
  switch (lifecycle.next) {
    case 'launch':
      return launch(history, circumstances, { lostRaces: lifecycle.lostRaces });
    case 'back-off':
      return crashed(history, lifecycle.failure, circumstances);
    case 'rest':
      return rest(history, lifecycle.failure);
  }
}

function onStopFailed(lifecycle: Lifecycle, failure: Failure): TransitionResult {
  if (lifecycle.state !== 'stopping') return stay(lifecycle);
  return stay({ ...historyOf(lifecycle), state: 'failed', run: lifecycle.run, failure });
}
