import type { ServicePlan } from '../../../plan/plan.ts';
import { type HeldSocket, isStillHeld } from '../../../platform/held-socket.ts';
import { type Listener, listenersOn, ownersOf } from '../../../platform/listeners.ts';
import { type ProbeResult, probeOnce } from '../../health/probe.ts';
import { isReachedAs } from '../../health/probe-address.ts';
import type { Ownership } from '../../health/readiness.ts';
import type { SeenWhileStarting } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { ownAmong } from './own-listeners.ts';
import { probeContainer } from './probe-container.ts';
import { type ProbeSubject, probeTargetOf } from './probe-target.ts';

/** Tells the run's own listeners on a port from all others; `held`: sockets that were seen to be its own. */
export function ownershipOf(record: RunRecord, port: number, held: readonly HeldSocket[] = []): Ownership {
  const listeners = listenersOn(port);
  if (listeners.length === 0) return { ours: [], others: [] };
  const known = new Set(held.filter(isStillHeld).map(({ inode }) => inode));
  if (listeners.every(({ inode }) => known.has(inode))) return { ours: listeners, others: [] };
  const byRoot = record.root === null ? [] : ownedBy(listeners, record.root.pid);
  if (byRoot.length === listeners.length) return { ours: listeners, others: [] };
  const ours = ownAmong(record, listeners);
  return { ours, others: listeners.filter((listener) => !ours.includes(listener)) };
}

function ownedBy(listeners: readonly Listener[], pid: number): readonly Listener[] {
  const owners = ownersOf(listeners, [pid]);
  return listeners.filter(({ inode }) => owners.get(inode)?.includes(pid));
}

export type CheckOutcome =
  | { readonly kind: 'passed'; readonly responseMs: number | null }
  | { readonly kind: 'failed'; readonly seen: SeenWhileStarting; readonly responseMs: number | null }
  /** Other processes listen on the run's port, alone or beside it. */
  | { readonly kind: 'stolen'; readonly others: readonly Listener[] };

/** One liveness check of a run: its port is its own, and its probe passes. */
export async function checkRun(
  service: ServicePlan,
  subject: ProbeSubject,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const { record } = subject;
  const { port, container } = record;
  const { health } = service;
  if (container?.state === 'up') return outcomeOf(await probeContainer({ health, subject, container, signal }));
  let addresses: readonly string[] = [];
  if (port !== null) {
    const { ours, others } = ownershipOf(record, port, subject.sockets);
    const rivals = others.filter(({ address }) => isReachedAs(address, service.host));
    if (rivals.length > 0) return { kind: 'stolen', others: rivals };
    addresses = ours.map(({ address }) => address);
    if (ours.length === 0) return { kind: 'failed', seen: { kind: 'nothing-listens' }, responseMs: null };
  }
  return outcomeOf(await probeOnce(health, probeTargetOf(subject, { port, addresses }, signal)));
}

function outcomeOf(result: ProbeResult): CheckOutcome {
  if (result.passed) return { kind: 'passed', responseMs: result.responseMs };
  return { kind: 'failed', seen: result.seen, responseMs: result.responseMs };
}
