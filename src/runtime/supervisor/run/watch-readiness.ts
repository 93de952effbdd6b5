import { isIP } from 'node:net';
import type { Releases } from '../../../base/releases.ts';
import { endpointOf } from '../../../plan/environment.ts';
import type { HealthPlan } from '../../../plan/plan.ts';
import { addressesOf } from '../../../platform/addresses-of.ts';
import { isStillHeld } from '../../../platform/held-socket.ts';
import { listenersOn } from '../../../platform/listeners.ts';
import { pollListenersOn } from '../../../platform/poll-listeners.ts';
import { ephemeralRange } from '../../../platform/port-binding.ts';
import { watchPath } from '../../../platform/watch-path.ts';
import { awaitReady, type ReadyOutcome } from '../../health/await-ready.ts';
import { probeOnce } from '../../health/probe.ts';
import { isReached } from '../../health/probe-address.ts';
import type { ReadinessWorld, ReadyRequest } from '../../health/readiness.ts';
import { ownershipOf } from './check-run.ts';
import { heldSocketsOf } from './held-sockets.ts';
import { lastWords } from './last-words.ts';
import type { LiveRun } from './live-run.ts';
import { ownListeners } from './own-listeners.ts';
import { probeContainer } from './probe-container.ts';
import { type ProbedPlace, probeTargetOf } from './probe-target.ts';
import type { WatchedRun } from './watched-run.ts';

/** After this long without a listening socket the user wants to know that something is wrong. */
const SILENCE_MS = 5000;
export const WITHOUT_LIMIT_MS = 365 * 86_400_000;

/**
 * Tells when the run is ready, or why it cannot be. A run that lives past the start timeout is unhealthy and watched
 * on: a reloader over broken code turns ready once the code is mended.
 */
export async function watchReadiness(watched: WatchedRun, releases: Releases): Promise<'ready' | 'ended'> {
  const { live, service, host, dispatch } = watched;
  const run = live.record.id;
  const silence = host.clock.schedule(SILENCE_MS, () => tellSilence(watched));
  releases.add(() => silence.cancel());
  const first = await lookForReady(watched, patientlyAsked(service.health));
  silence.cancel();
  if (first.outcome !== 'timeout') return conclude(watched, first);
  const { startTimeoutMs: timeoutMs } = service.health;
  const words = lastWords(live.record, host.root);
  const failure = { reason: 'start-timeout', timeoutMs, seen: first.seen, ...words } as const;
  live.report({ ...live.health, verdict: 'unhealthy', checkedAt: host.timestamp() });
  dispatch({ type: 'unhealthy', run, failure });
  return conclude(watched, await lookForReady(watched, { ...service.health, startTimeoutMs: WITHOUT_LIMIT_MS }));
}

/** Of a run that nothing can be asked only its life can tell: what cannot work mostly ends sooner than this. */
const PROOF_OF_LIFE_MS = 1000;

function patientlyAsked(health: HealthPlan): HealthPlan {
  if (health.probe.kind !== 'process') return health;
  return { ...health, initialDelayMs: Math.max(health.initialDelayMs, PROOF_OF_LIFE_MS) };
}

export type ExpectedAt = Pick<ReadyRequest, 'port' | 'besides'>;

/** Looks for the run's listening socket, and asks there. */
export function lookForReady(watched: WatchedRun, health: HealthPlan, at?: ExpectedAt): Promise<ReadyOutcome> {
  const { live, service } = watched;
  const { signal } = live.ending;
  const told = { port: live.record.port, besides: null };
  // Who listens on a container's port is its engine's affair: it is asked for the container instead.
  const expected = live.record.container === null ? (at ?? told) : { port: null, besides: null };
  return awaitReady({ service: { host: service.host, health }, ...expected, signal }, worldOf(watched));
}

function worldOf({ live, service, host }: WatchedRun): ReadinessWorld {
  return {
    clock: host.clock,
    ephemeral: ephemeralRange(),
    listenersOn: pollListenersOn,
    ownership: (port) => ownershipOf(live.record, port),
    heldSocketsOf: (ours) => heldSocketsOf(live.record, ours),
    isStillHeld,
    listenersOfRun: () => ownListeners(live.record),
    onLogGrowth: (action) => watchPath(live.record.log, action),
    probe: async (at, timeoutMs) => {
      const { probe } = service.health;
      host.tellProbe(service);
      const result = await probeRun(live, { at, health: { probe, timeoutMs } });
      host.debug(service.name, 'readiness-probe', { probe: probe.kind, port: at.port ?? undefined, ...result });
      return result;
    },
  };
}

function probeRun(live: LiveRun, { at, health }: { readonly at: ProbedPlace; readonly health: ProbeLimits }) {
  const { container } = live.record;
  const { signal } = live.ending;
  if (container?.state === 'up') return probeContainer({ health, subject: live, container, signal });
  return probeOnce(health, probeTargetOf(live, at, signal));
}

type ProbeLimits = Pick<HealthPlan, 'probe' | 'timeoutMs'>;

async function conclude(watched: WatchedRun, outcome: ReadyOutcome): Promise<'ready' | 'ended'> {
  const { live, service, host, dispatch } = watched;
  const run = live.record.id;
  switch (outcome.outcome) {
    case 'ready':
      return becomeReady(watched, outcome, await urlOf(watched, outcome));
    case 'stolen': {
      const holders = host.holdersOf(outcome.others, service.name);
      dispatch({ type: 'lost-race', run, failure: { reason: 'port-stolen', port: outcome.port, holders } });
      return 'ended';
    }
    case 'timeout':
      host.reportBug(new Error('waiting without a limit timed out'));
      return 'ended';
    case 'aborted':
      return 'ended';
  }
}

/**
 * Where a listening run is reached, and how: by the name of its host where that leads to one of its addresses, else by
 * the address itself.
 */
export async function urlOf(
  { live: { record }, service }: WatchedRun,
  { port, addresses: listening, scheme }: Extract<ReadyOutcome, { outcome: 'ready' }>,
): Promise<string | null> {
  if (port === null) return record.url;
  const named = endpointOf(service, port).url;
  const [first] = listening;
  const isNamed = first === undefined || (await isReachedBy(hostOf(named), listening));
  const url = isNamed ? named : endpointOf({ ...service, host: first }, port).url;
  return scheme === null ? url : url.replace(/^https?(?=:)/, scheme);
}

/** `localhost` always leads to 127.0.0.1: only for a server that is not there it is looked up, which takes long. */
async function isReachedBy(name: string, listening: readonly string[]): Promise<boolean> {
  if (name === 'localhost' && isReached(listening, ['127.0.0.1'])) return true;
  return isReached(listening, await addressesOf(name));
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

function becomeReady(
  watched: WatchedRun,
  outcome: Extract<ReadyOutcome, { outcome: 'ready' }>,
  url: string | null,
): 'ready' | 'ended' {
  const { live, service, host, dispatch } = watched;
  if (live.ending.signal.aborted) return 'ended';
  const { port: toldPort } = live.record;
  const at = host.timestamp();
  const responseMs = Math.round(outcome.responseMs);
  const health = { verdict: 'healthy', checkedAt: at, responseMs, grade: outcome.grade, failures: 0 } as const;
  const port = outcome.port ?? toldPort;
  live.noteSockets(outcome.sockets);
  live.becomeReady({ port, url, readyAt: at }, health);
  const pid = live.record.root?.pid ?? 0;
  if (toldPort !== null && outcome.port !== null && outcome.port !== toldPort && url !== null) {
    host.claimPort(service.name, outcome.port, live.record.id);
    host.announce(service.name, { kind: 'wrong-port', toldPort, port: outcome.port, url });
  }
  if (live.record.container === null && missesHost(service.host, outcome.addresses)) {
    host.announce(service.name, { kind: 'wrong-host', host: service.host, addresses: outcome.addresses });
  }
  host.announce(service.name, { kind: 'ready', pid, url, startupMs: live.startupMs ?? 0 });
  dispatch({ type: 'ready', run: live.record.id });
  return 'ready';
}

/** Of an address only: what a name means, and to whom, cannot be known. */
function missesHost(host: string, listening: readonly string[]): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  return listening.length > 0 && isIP(address) !== 0 && !isReached(listening, [address]);
}

function tellSilence({ live, service, host }: WatchedRun): void {
  const { port, root, container } = live.record;
  if (container !== null) return;
  if (live.ending.signal.aborted || port === null || root === null || listenersOn(port).length > 0) return;
  host.announce(service.name, { kind: 'alive-not-listening', pid: root.pid, ...lastWords(live.record, host.root) });
}
