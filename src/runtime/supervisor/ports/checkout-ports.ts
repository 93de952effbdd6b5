import { setTimeout as delay } from 'node:timers/promises';
import { endForeignTree } from '../../../platform/end-process-tree.ts';
import type { Listener } from '../../../platform/listeners.ts';
import { identityOf, isAlive, ownIdentity } from '../../../platform/process-identity.ts';
import { runTag } from '../../../platform/run-marks.ts';
import { freeFromStranger } from '../../ports/free-stranger.ts';
import type { InspectContext } from '../../ports/holder-relation.ts';
import { hiddenHolder, holdersOf } from '../../ports/holders-of.ts';
import { inspectPort } from '../../ports/inspect-port.ts';
import { release, reservationOf, reserve } from '../../ports/reservations.ts';
import { findMembers } from '../../process/find-members.ts';
import type { PortHolder } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { branchOf } from './branch-of.ts';
import type { PortDesk } from './decide-ports.ts';

const EVICTION_GRACE_MS = 5000;
const NO_RUN_YET = '0'.repeat(32);

/** The ports of one checkout: who has them, and which of its services has claimed which. */
export class CheckoutPorts implements PortDesk {
  readonly #root: string;
  readonly #liveRecords: () => readonly RunRecord[];
  readonly #claims = new Map<string, { readonly port: number; readonly run: string }>();
  #callers: ReadonlySet<number> = new Set();
  #wanted: ReadonlyMap<string, number | 'auto' | null> = new Map();

  constructor(root: string, liveRecords: () => readonly RunRecord[]) {
    this.#root = root;
    this.#liveRecords = liveRecords;
  }

  /** The ports that the services of the plan want: no sibling takes one of them instead of its own. */
  expect(wanted: ReadonlyMap<string, number | 'auto' | null>): void {
    this.#wanted = wanted;
  }

  /** From whom the order came that is being carried out. */
  serve(callers: readonly number[]): void {
    this.#callers = new Set(callers);
  }

  async holders(port: number, service: string): Promise<readonly PortHolder[]> {
    const state = await inspectPort(port, this.#context(service));
    switch (state.kind) {
      case 'free':
        return [];
      case 'held':
        return state.holders;
      case 'forbidden':
        return [hiddenHolder(null)];
    }
  }

  describe(listeners: readonly Listener[], service: string): readonly PortHolder[] {
    return holdersOf(listeners, this.#context(service));
  }

  claimant(port: number, service: string): PortHolder | null {
    for (const [name, claim] of this.#claims) {
      if (name !== service && claim.port === port) return claimed({ kind: 'sibling-service', service: name });
    }
    const reservation = reservationOf(port);
    if (reservation === undefined || reservation.root === this.#root) return null;
    const { root, branch } = reservation;
    return claimed({ kind: 'other-checkout', root, branch, service: reservation.service });
  }

  isWantedBySibling(port: number, service: string): boolean {
    return [...this.#wanted].some(([name, wanted]) => name !== service && wanted === port);
  }

  reserve(port: number, service: string): void {
    this.#claims.set(service, { port, run: NO_RUN_YET });
    this.#write(port, service, NO_RUN_YET);
  }

  /** Marks the service's reservation as that run's. */
  claim(service: string, run: string): void {
    const claim = this.#claims.get(service);
    if (claim === undefined) return;
    this.#claims.set(service, { port: claim.port, run });
    this.#write(claim.port, service, run);
  }

  /** Claims the port that a run has already: one that was adopted, or that listens elsewhere than it was told. */
  take(port: number, service: string, run: string): void {
    if (this.#claims.get(service)?.port !== port) this.release(service);
    this.#claims.set(service, { port, run });
    this.#write(port, service, run);
  }

  release(service: string): void {
    const claim = this.#claims.get(service);
    if (claim === undefined) return;
    this.#claims.delete(service);
    release(claim.port, claim.run);
  }

  async evict(port: number, holders: readonly PortHolder[], service: string): Promise<readonly PortHolder[]> {
    for (const { relation, pid } of holders) {
      if (relation.kind === 'own-leftover' && pid !== null) await endLeftover(pid);
    }
    const strangers = holders.filter(({ relation }) => relation.kind === 'stranger');
    const context = this.#context(service);
    if (strangers.length > 0) await freeFromStranger(port, strangers, { graceMs: EVICTION_GRACE_MS, context });
    const left = await this.holders(port, service);
    const claimant = left.length > 0 ? null : this.claimant(port, service);
    return claimant === null ? left : [claimant];
  }

  #write(port: number, service: string, run: string): void {
    reserve(port, { root: this.#root, service, run, supervisor: ownIdentity(), branch: branchOf(this.#root) });
  }

  #context(service: string): InspectContext {
    const ownMembers = new Map<number, string>();
    for (const record of this.#liveRecords()) {
      for (const { identity } of findMembers(record)) ownMembers.set(identity.pid, record.service);
    }
    return { root: this.#root, service, ownMembers, leftovers: new Map(), callers: this.#callers, tagOf: runTag };
  }
}

function claimed(relation: PortHolder['relation']): PortHolder {
  return { pid: null, command: null, user: null, cwd: null, relation };
}

/** Its tag proved that it is ours, and nobody supervises it any more. */
async function endLeftover(pid: number): Promise<void> {
  const identity = identityOf(pid);
  if (identity === undefined) return;
  await endForeignTree(identity, 'SIGTERM');
  for (let waited = 0; waited < EVICTION_GRACE_MS && isAlive(identity); waited += 25) await delay(25);
  if (isAlive(identity)) await endForeignTree(identity, 'SIGKILL');
}
