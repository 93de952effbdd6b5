import { setTimeout as delay } from 'node:timers/promises';
import { endForeignTree } from '../../../platform/end-process-tree.ts';
import { identityOf, isAlive } from '../../../platform/process-identity.ts';
import { freeFromStranger } from '../../ports/free-stranger.ts';
import type { InspectContext } from '../../ports/holder-relation.ts';
import type { PortHolder } from '../../state/lifecycle.ts';
import { stopElsewhere } from './stop-elsewhere.ts';

const PERIOD_MS = 25;

/** The holders of a port that a decision lets go. */
export interface Eviction {
  readonly port: number;
  readonly holders: readonly PortHolder[];
  /** From the polite signal to SIGKILL. */
  readonly graceMs: number;
}

/** Ends what holds a port here, each in the way that is due to it; whether that worked shows at the port. */
export async function evictHolders({ port, holders, graceMs }: Eviction, context: InspectContext): Promise<void> {
  await Promise.all([
    ...leftoversOf(holders).map((pid) => endLeftover(pid, graceMs)),
    ...runsElsewhere(holders).map(stopElsewhere),
  ]);
  const strangers = holders.filter(({ relation }) => relation.kind === 'stranger');
  if (strangers.length > 0) await freeFromStranger(port, strangers, { graceMs, context });
}

function leftoversOf(holders: readonly PortHolder[]): readonly number[] {
  return holders.flatMap(({ relation, pid }) => (relation.kind === 'own-leftover' && pid !== null ? [pid] : []));
}

function runsElsewhere(holders: readonly PortHolder[]): readonly { readonly root: string; readonly service: string }[] {
  const runs = holders.flatMap(({ relation }) => (relation.kind === 'other-checkout' ? [relation] : []));
  return [...new Map(runs.map((run) => [`${run.root}\0${run.service}`, run])).values()];
}

/** Its tag proved that it is ours, and no supervisor knows it any more. */
async function endLeftover(pid: number, graceMs: number): Promise<void> {
  const identity = identityOf(pid);
  if (identity === undefined) return;
  await endForeignTree(identity, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < graceMs && isAlive(identity); waitedMs += PERIOD_MS) await delay(PERIOD_MS);
  if (isAlive(identity)) await endForeignTree(identity, 'SIGKILL');
}
