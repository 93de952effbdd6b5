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
 * user; if another process holds the port too, none is touched, because it would not become free. The run of the
 * service that asks is none of them: it makes room by itself.
 */
export async function freeFromStranger(
  port: number,
  holders: readonly PortHolder[],
  { graceMs, context }: FreeOptions,
): Promise<Result<'freed', readonly PortHolder[]>> {
  const agreed = new Set(holders.map(({ pid }) => pid));
  const before = await inspectPort(port, context);
  if (before.kind !== 'held') return freedOr(before);
  const others = othersOf(before.holders);
  if (!others.every((holder) => holder.relation.kind === 'stranger' && agreed.has(holder.pid))) {
    return err(before.holders);
  }
  const own = before.holders.filter((holder) => !others.includes(holder)).map(({ pid }) => pid);
  const targets = others.flatMap(({ pid }) => identityOfHolder(port, pid));
  for (const target of targets) await endForeignTree(target, 'SIGTERM');
  await untilReleased(port, { own, limitMs: graceMs });
  for (const target of targets) if (holds(port, target.pid)) await endForeignTree(target, 'SIGKILL');
  await untilReleased(port, { own, limitMs: REAP_MS });
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

function othersOf(holders: readonly PortHolder[]): readonly PortHolder[] {
  return holders.filter(({ relation }) => relation.kind !== 'own-run');
}

interface Release {
  /** Those of the run that makes room by itself. */
  readonly own: readonly (number | null)[];
  readonly limitMs: number;
}

async function untilReleased(port: number, { own, limitMs }: Release): Promise<void> {
  const end = performance.now() + limitMs;
  const isHeld = (): boolean => {
    const listeners = listenersOn(port);
    const owners = own.length === 0 ? undefined : ownersOf(listeners);
    return !listeners.every(({ inode }) => {
      const pids = owners?.get(inode) ?? [];
      return pids.length > 0 && pids.every((pid) => own.includes(pid));
    });
  };
  while (isHeld() && performance.now() < end) await delay(PERIOD_MS);
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
  await untilReleased(port, { own: [], limitMs: REAP_MS });
}

function freedOr(state: PortState): Result<'freed', readonly PortHolder[]> {
  switch (state.kind) {
    case 'free':
      return ok('freed');
    case 'forbidden':
      return err([]);
    case 'held':
      return othersOf(state.holders).length === 0 ? ok('freed') : err(state.holders);
  }
}
