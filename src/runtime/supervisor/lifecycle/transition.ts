import type { ExitStatus, Failure } from '../../state/lifecycle.ts';
import { crashed, end, forgiven, launch, recentCrashes, rest, stay } from './moves.ts';
import type {
  Circumstances,
  Lifecycle,
  LifecycleEvent,
  Past,
  StopMode,
  TransitionResult,
} from './service-lifecycle.ts';

/**
 * The life of a service as one pure table, `(lifecycle, event) -> (lifecycle, actions)`.
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
      return onUnhealthy(lifecycle, event, circumstances);
    case 'replace':
      return onReplace(lifecycle, event.failure);
    case 'broken':
      return onBroken(lifecycle, event, circumstances);
    case 'lost-race':
      return lifecycle.state === 'starting' ? end(lifecycle, 'launch', 'graceful') : stay(lifecycle);
    case 'exited':
      return onExited(lifecycle, event, circumstances);
    case 'stopped':
      return onStopped({ ...lifecycle, lastExit: event.exit ?? lifecycle.lastExit }, circumstances);
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
      return stay({ ...lifecycle, wanted: 'up', next: 'launch' });
    case 'failed':
      if (lifecycle.run !== null) return end(forgiven(lifecycle), 'launch', 'graceful');
      return launch(forgiven(lifecycle), circumstances);
    case 'down':
      return launch(forgiven(lifecycle), circumstances);
    case 'backing-off':
      return launch(forgiven(lifecycle), circumstances, [{ do: 'cancel-back-off' }]);
  }
}

function onStop(lifecycle: Lifecycle, mode: StopMode): TransitionResult {
  const unwanted: Lifecycle = { ...lifecycle, wanted: 'down' };
  switch (lifecycle.state) {
    case 'down':
      return stay(unwanted);
    case 'backing-off':
      return { lifecycle: { ...unwanted, state: 'down' }, actions: [{ do: 'cancel-back-off' }] };
    case 'failed':
      if (lifecycle.run === null) return stay({ ...unwanted, state: 'down' });
      return end({ ...unwanted, failure: null }, 'rest', mode);
    case 'starting':
    case 'ready':
    case 'unhealthy':
      return end({ ...unwanted, failure: null }, 'rest', mode);
    case 'stopping':
      if (mode === 'kill') return end({ ...unwanted, failure: null }, 'rest', mode);
      return stay({ ...unwanted, next: 'rest', failure: null });
  }
}

function onRestart(lifecycle: Lifecycle, circumstances: Circumstances): TransitionResult {
  if (lifecycle.state === 'starting' || lifecycle.state === 'ready' || lifecycle.state === 'unhealthy') {
    return end(forgiven(lifecycle), 'launch', 'graceful');
  }
  return onStart(lifecycle, circumstances);
}

function onAdopted(lifecycle: Lifecycle, event: { readonly run: string; readonly isReady: boolean }): TransitionResult {
  if (lifecycle.state !== 'down') return stay(lifecycle);
  const state = event.isReady ? 'ready' : 'starting';
  return stay({ ...lifecycle, wanted: 'up', state, run: event.run });
}

function onInherited(
  lifecycle: Lifecycle,
  { past, next }: { readonly past: Past; readonly next: 'rest' | 'back-off' },
  circumstances: Circumstances,
): TransitionResult {
  if (lifecycle.state !== 'down') return stay(lifecycle);
  // The restart that was due is counted already.
  if (next === 'back-off') return crashed({ ...lifecycle, ...past, restarts: past.restarts - 1 }, circumstances);
  return stay({ ...lifecycle, ...past, state: past.wanted === 'up' ? 'failed' : 'down' });
}

function onReady(lifecycle: Lifecycle): TransitionResult {
  if (lifecycle.state !== 'starting' && lifecycle.state !== 'unhealthy') return stay(lifecycle);
  return stay({ ...lifecycle, state: 'ready', failure: null });
}

function onUnhealthy(
  lifecycle: Lifecycle,
  event: { readonly failure: Failure },
  { restart, nowMs }: Circumstances,
): TransitionResult {
  if (lifecycle.state !== 'starting' && lifecycle.state !== 'ready') return stay(lifecycle);
  const wasReady = lifecycle.state === 'ready';
  const unhealthy: Lifecycle = { ...lifecycle, state: 'unhealthy', failure: event.failure };
  if (!wasReady || !restart.onUnhealthy || restart.policy === 'never') return stay(unhealthy);
  return end({ ...unhealthy, crashTimes: recentCrashes(lifecycle.crashTimes, nowMs, restart) }, 'back-off', 'graceful');
}

function onReplace(lifecycle: Lifecycle, failure: Failure): TransitionResult {
  if (lifecycle.state !== 'ready' && lifecycle.state !== 'unhealthy') return stay(lifecycle);
  return end({ ...lifecycle, failure }, 'back-off', 'graceful');
}

function onBroken(
  lifecycle: Lifecycle,
  event: { readonly failure: Failure },
  circumstances: Circumstances,
): TransitionResult {
  if (lifecycle.state === 'stopping' || lifecycle.state === 'failed' || lifecycle.run === null) return stay(lifecycle);
  // A dependency that would come back by itself was waited for: another try would be no crash of this service either.
  const isHopeless = event.failure.reason === 'dependency-failed';
  const isAutomatic = lifecycle.restarts > 0 && circumstances.restart.policy !== 'never' && !isHopeless;
  return end({ ...lifecycle, failure: event.failure }, isAutomatic ? 'back-off' : 'rest', 'graceful');
}

function onExited(
  lifecycle: Lifecycle,
  event: { readonly exit: ExitStatus; readonly failure: Failure },
  circumstances: Circumstances,
): TransitionResult {
  const ended: Lifecycle = { ...lifecycle, lastExit: event.exit };
  switch (lifecycle.state) {
    case 'starting':
      if (lifecycle.restarts === 0) return rest({ ...ended, failure: event.failure });
      return crashed({ ...ended, failure: event.failure }, circumstances);
    case 'ready':
    case 'unhealthy': {
      const { policy } = circumstances.restart;
      const isClean = event.exit.code === 0;
      if (policy === 'always' || (policy === 'on-failure' && !isClean)) {
        return crashed({ ...ended, failure: event.failure }, circumstances);
      }
      return rest({ ...ended, failure: isClean ? null : event.failure });
    }
    default:
      return stay(ended);
  }
}

function onStopped(lifecycle: Lifecycle, circumstances: Circumstances): TransitionResult {
  if (lifecycle.state !== 'stopping') return stay(lifecycle);
  switch (lifecycle.next) {
    case 'launch':
      return launch(lifecycle, circumstances);
    case 'back-off':
      return crashed(lifecycle, circumstances);
    case 'rest':
      return rest(lifecycle);
  }
}

function onStopFailed(lifecycle: Lifecycle, failure: Failure): TransitionResult {
  if (lifecycle.state !== 'stopping') return stay(lifecycle);
  return stay({ ...lifecycle, state: 'failed', next: 'rest', failure });
}
