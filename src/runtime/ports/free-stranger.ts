import { setTimeout as delay } from 'node:timers/promises';
import { err, ok, type Result } from '../../base/result.ts';
import { endForeignTree } from '../../platform/end-process-tree.ts';
import { freePortForcibly } from '../../platform/free-port-forcibly.ts';
import { listenersOn, ownersOf } from '../../platform/listeners.ts';
import { identityOf, type ProcessIdentity } from '../../platform/process-identity.ts';
import type { PortHolder } from '../state/lifecycle.ts';
import type { InspectContext } from './holder-relation.ts';
import { inspectPort } from './inspect-port.ts';
import type { PortState } from './port-facts.ts';

/** How long the kernel may take to reap a killed process and close its sockets. */
const REAP_MS = 2_000;
const PERIOD_MS = 25;

interface FreeOptions {
  /** From the polite signal to SIGKILL. */
  readonly graceMs: number;
  readonly context: InspectContext;
}

/**
 * Ends the strangers among `holders` until the port is free; on failure the value is who still has it.
 * Touches only those that the caller saw and showed, that still listen on the port, and that are strangers of this very
 * user; if another process holds the port too, none is touched, because it would not become free.
 */
export async function freeFromStranger(
  port: number,
  holders: readonly PortHolder[],
  { graceMs, context }: FreeOptions,
): Promise<Result<'freed', readonly PortHolder[]>> {
  const agreed = new Set(holders.map(({ pid }) => pid));
  const before = await inspectPort(port, context);
  if (before.kind !== 'held') return freedOr(before);
  if (!before.holders.every((holder) => holder.relation.kind === 'stranger' && agreed.has(holder.pid))) {
    return err(before.holders);
  }
  const targets = before.holders.flatMap(({ pid }) => identityOfHolder(port, pid));
  for (const target of targets) await endForeignTree(target, 'SIGTERM');
  await untilNotListened(port, graceMs);
  for (const target of targets) if (holds(port, target.pid)) await endForeignTree(target, 'SIGKILL');
  await untilNotListened(port, REAP_MS);
  if (targets.some(({ pid }) => holds(port, pid))) await lastResort(port, targets);
  return freedOr(await inspectPort(port, context));
}

/** The identity of a process that was seen with the port after its identity had been read. */
function identityOfHolder(port: number, pid: number | null): readonly ProcessIdentity[] {
  const identity = pid === null ? undefined : identityOf(pid);
  return identity !== undefined && holds(port, identity.pid) ? [identity] : [];
}

function holds(port: number, pid: number): boolean {
  return [...ownersOf(listenersOn(port), [pid]).values()].some((pids) => pids.includes(pid));
}

async function untilNotListened(port: number, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (listenersOn(port).length > 0 && performance.now() < end) await delay(PERIOD_MS);
}

/** The tool finds its victims by itself, so it may run only while the targets alone listen. */
async function lastResort(port: number, targets: readonly ProcessIdentity[]): Promise<void> {
  const allowed = new Set(targets.map(({ pid }) => pid));
  const listeners = listenersOn(port);
  const owners = ownersOf(listeners);
  const areAllTargets = listeners.every(({ inode }) => {
    const pids = owners.get(inode) ?? [];
    return pids.length > 0 && pids.every((pid) => allowed.has(pid));
  });
  if (!areAllTargets) return;
  await freePortForcibly(port);
  await untilNotListened(port, REAP_MS);
}

function freedOr(state: PortState): Result<'freed', readonly PortHolder[]> {
  switch (state.kind) {
    case 'free':
      return ok('freed');
    case 'forbidden':
      return err([]);
    case 'held':
      return err(state.holders);
  }
}
