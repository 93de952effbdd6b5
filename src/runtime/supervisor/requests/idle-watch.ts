import type { ServicePlan } from '../../../plan/plan.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Client } from '../../../platform/connected-clients.ts';
import { foldProbes, type ProbeFold } from '../../logs/fold-probes.ts';

const LONGEST_GAP_MS = 5000;
/** In the time without use; a connection that came and went between two looks is seen for a minute. */
const LOOKS = 20;

export interface IdleFacts {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Who is, or was lately, connected to what runs, but for what runs and for us. */
  readonly clients: () => readonly Client[];
}

/**
 * For how long nothing has been asked of what runs, and it has written nothing, as far as that is not our doing. What
 * cannot be told from use is use: to stop what is used is worse than to let run what is not.
 */
export class IdleWatch {
  readonly #facts: IdleFacts;
  readonly #folds = new WeakMap<ServicePlan, ProbeFold>();
  #usedMs: number;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #known: ReadonlySet<number> = new Set();

  constructor(facts: IdleFacts) {
    this.#facts = facts;
    this.#usedMs = facts.clock.monotonicMs();
  }

  /** A command asks for something, or an edit has done something. */
  used(): void {
    this.#usedMs = this.#facts.clock.monotonicMs();
  }

  probed(service: ServicePlan): void {
    const fold = this.#folds.get(service) ?? foldProbes([service], this.#facts.clock.monotonicMs);
    this.#folds.set(service, fold);
    fold.probed(service.name);
  }

  /** What is written along with a line that tells of a probe tells of it, too. None: its log was only looked at. */
  wrote(service: ServicePlan, lines: readonly string[]): void {
    const fold = this.#folds.get(service);
    const fates = lines.map((text) => fold?.fateOf({ service: service.name, text }) ?? 'shown');
    if (fates.length > 0 && fates.every((fate) => fate === 'shown')) this.used();
  }

  /** Looks for connections now and then, and tells how long ago something was used; to be asked often. */
  idleMs(limitMs: number): number {
    const nowMs = this.#facts.clock.monotonicMs();
    if (nowMs - this.#lookedMs >= Math.min(LONGEST_GAP_MS, limitMs / LOOKS)) {
      this.#lookedMs = nowMs;
      const clients = this.#facts.clients();
      if (clients.some(({ port, isOpen }) => isOpen || !this.#known.has(port))) this.used();
      this.#known = new Set(clients.map(({ port }) => port));
    }
    return nowMs - this.#usedMs;
  }
}
