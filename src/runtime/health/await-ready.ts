import type { HeldSocket } from '../../platform/held-socket.ts';
import type { ResponseGrade, SeenWhileStarting } from '../state/lifecycle.ts';
import { gradeResponse } from './grade.ts';
import { type Look, lookForListener } from './look-for-listener.ts';
import type { Passed } from './probe.ts';
import type { Ownership, ReadinessWorld, ReadyRequest } from './readiness.ts';
import { openWaker, type Waker } from './waker.ts';

export type ReadyOutcome =
  | {
      readonly outcome: 'ready';
      /** The port it really listens on, which may be another than it was told. */
      readonly port: number | null;
      /** Where the run listens there, and by which of its sockets it was seen to. */
      readonly addresses: readonly string[];
      readonly sockets: readonly HeldSocket[];
      /** The address that answered; `null`: the probe asked none. */
      readonly address: string | null;
      /** What it speaks there; `null`: it was not asked so. */
      readonly scheme: 'http' | 'https' | null;
      readonly responseMs: number;
      readonly grade: ResponseGrade;
    }
  | { readonly outcome: 'timeout'; readonly seen: SeenWhileStarting }
  /** Another process listens on the port, alone or (SO_REUSEPORT) beside the run. */
  | ({ readonly outcome: 'stolen'; readonly port: number } & Ownership)
  | { readonly outcome: 'aborted' };

/** Some servers compile the first page for longer than a healthy one may take. */
const PATIENCE_MS = 10_000;
/** A port that the service was not told gets less: the told one may open meanwhile. */
const SIDE_PATIENCE_MS = 2_000;
const RETRY_MS = 500;
/** Servers log what they are asked: without this each probe would call the next one. */
const LEAST_RETRY_MS = 250;
/**
 * What a question saw that the end of the start timeout cut shorter than this is no better than what was seen before.
 */
const TELLING_MS = 250;
/** Shortest time between two looks, however fast the log grows. */
const LEAST_LOOK_MS = 4;

/**
 * Waits until the service is ready: a socket on its port belongs to its own run, and its probe passed as often in a row
 * as the plan wants. One look and one request at a time. Never rejects.
 */
export async function awaitReady(request: ReadyRequest, world: ReadinessWorld): Promise<ReadyOutcome> {
  const waker = openWaker(world.onLogGrowth, world.clock, request.signal);
  try {
    return await keepLooking(request, world, waker);
  } finally {
    waker.close();
  }
}

async function keepLooking(request: ReadyRequest, world: ReadinessWorld, waker: Waker): Promise<ReadyOutcome> {
  const { health } = request.service;
  const startedAt = world.clock.monotonicMs();
  const look = lookForListener(request, world);
  let seen: SeenWhileStarting = { kind: 'nothing-listens' };
  let passes = 0;
  while (!request.signal.aborted) {
    const elapsedMs = world.clock.monotonicMs() - startedAt;
    const leftMs = health.startTimeoutMs - elapsedMs;
    if (leftMs <= 0) return { outcome: 'timeout', seen };
    const found = await look.once();
    if (found.kind === 'stolen') return { outcome: 'stolen', port: found.port, ours: found.ours, others: found.others };
    if (found.kind === 'nothing' || elapsedMs < health.initialDelayMs) {
      if (found.kind === 'nothing') seen = { kind: 'nothing-listens' };
      const lookMs = found.kind === 'nothing' ? lookPeriodMs(elapsedMs) : health.initialDelayMs - elapsedMs;
      await waker.pause(Math.min(lookMs, leftMs), LEAST_LOOK_MS);
      continue;
    }
    const limitMs = Math.min(patienceMs(request, found), leftMs);
    const result = await world.probe(found, limitMs);
    if (request.signal.aborted) break;
    passes = result.passed ? passes + 1 : 0;
    if (result.passed && passes >= health.successThreshold && look.isStillThere(found))
      return ready(request, found, result);
    if (!result.passed) {
      if (limitMs >= TELLING_MS || seen.kind === 'nothing-listens') seen = result.seen;
      look.doubt(found);
    }
    await pauseBetweenProbes(request, waker, startedAt + health.startTimeoutMs - world.clock.monotonicMs());
  }
  return { outcome: 'aborted' };
}

/** A look that finds no new socket costs 0.1 ms; a small server is up within a few. */
function lookPeriodMs(elapsedMs: number): number {
  if (elapsedMs < 500) return 4;
  return elapsedMs < 3_000 ? 10 : 100;
}

function patienceMs({ service, port }: ReadyRequest, found: { readonly port: number | null }): number {
  return found.port === port ? Math.max(service.health.timeoutMs, PATIENCE_MS) : SIDE_PATIENCE_MS;
}

/** Looking into the log costs the service nothing, so a new line is looked at at once. */
function pauseBetweenProbes({ service }: ReadyRequest, waker: Waker, leftMs: number): Promise<void> {
  const leastMs = service.health.probe.kind === 'log' ? LEAST_LOOK_MS : LEAST_RETRY_MS;
  return waker.pause(Math.max(0, Math.min(RETRY_MS, leftMs)), leastMs);
}

function ready(
  { service }: ReadyRequest,
  { port, addresses, sockets }: Extract<Look, { kind: 'ours' }>,
  { responseMs, address, scheme }: Passed,
): ReadyOutcome {
  const grade = gradeResponse(responseMs, service.health);
  return { outcome: 'ready', port, addresses, sockets, address, scheme, responseMs, grade };
}
