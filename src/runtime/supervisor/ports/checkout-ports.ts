import { allCallers } from '../../../platform/caller-pids.ts';
import { systemClock } from '../../../platform/clock.ts';
import { allListeners, type Listener } from '../../../platform/listeners.ts';
import { ephemeralRange } from '../../../platform/port-binding.ts';
import { runTag } from '../../../platform/run-marks.ts';
import type { InspectContext } from '../../ports/holder-relation.ts';
import { holdersOf } from '../../ports/holders-of.ts';
import { inspectPorts } from '../../ports/inspect-port.ts';
import type { PortClaim, PortFacts } from '../../ports/port-facts.ts';
import { type RegisteredPort, reservedPorts } from '../../ports/reservations.ts';
import { findMembersOfEach } from '../../process/find-members.ts';
import { readLastPorts } from '../../state/last-ports-file.ts';
import type { PortHolder } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { Mutex } from '../mutex.ts';
import { type OwnClaim, PortClaims } from './port-claims.ts';

/** What a survey looks at besides the tables. */
export interface SurveyRequest {
  /** Ports to be tried. */
  readonly ports: readonly number[];
  /** Pids of the command that asked, and of its ancestors: never to be ended for it. */
  readonly callers: readonly number[];
  readonly contested: readonly number[];
}

/** The ports of one checkout: who has them, and which of its services has claimed which. Knows no request. */
export class CheckoutPorts {
  readonly root: string;
  readonly claims: PortClaims;
  /** Held while ports are decided, and only then, so that two starts at one instant agree. */
  readonly deciding = new Mutex();
  readonly #liveRecords: () => readonly RunRecord[];

  constructor(root: string, liveRecords: () => readonly RunRecord[]) {
    this.root = root;
    this.claims = new PortClaims(root, systemClock);
    this.#liveRecords = liveRecords;
  }

  /** One reading of sockets, processes, claims and the past. */
  async survey({ ports, callers, contested }: SurveyRequest): Promise<PortFacts> {
    const tried = await inspectPorts([...new Set(ports)], this.contextFor(null, callers));
    const elsewhere = reservedPorts().filter(({ root }) => root !== this.root);
    return {
      ephemeral: ephemeralRange(),
      listening: [...new Set(allListeners().map(({ port }) => port))],
      tried: Object.fromEntries(tried),
      claims: [...this.claims.all.map(siblingClaim), ...elsewhere.map(checkoutClaim)],
      lastPorts: Object.fromEntries(readLastPorts(this.root)),
      contested,
    };
  }

  /** The same facts, with more ports tried. */
  async tryMore(facts: PortFacts, ports: readonly number[], callers: readonly number[]): Promise<PortFacts> {
    const tried = await inspectPorts(ports, this.contextFor(null, callers));
    return { ...facts, tried: { ...facts.tried, ...Object.fromEntries(tried) } };
  }

  /** Who the processes behind these listeners are, seen from the service. */
  describe(listeners: readonly Listener[], service: string): readonly PortHolder[] {
    return holdersOf(listeners, this.contextFor(service, []));
  }

  /** The processes of the runs are looked for when they are first asked for: most ports are free. */
  contextFor(service: string | null, callers: readonly number[]): InspectContext {
    let members: ReadonlyMap<number, string> | undefined;
    let spared: ReadonlySet<number> | undefined;
    const findMembers = (): ReadonlyMap<number, string> => this.#findMembers();
    return {
      root: this.root,
      service,
      get ownMembers() {
        members ??= findMembers();
        return members;
      },
      leftovers: new Map(),
      get callers() {
        spared ??= allCallers(callers);
        return spared;
      },
      tagOf: runTag,
    };
  }

  #findMembers(): ReadonlyMap<number, string> {
    const records = this.#liveRecords();
    const pairs = findMembersOfEach(records).flatMap((members, index) =>
      members.map(({ identity }): [number, string] => [identity.pid, records[index]?.service ?? '']),
    );
    return new Map(pairs);
  }
}

function siblingClaim({ port, service }: OwnClaim): PortClaim {
  return { port, by: { kind: 'sibling-service', service } };
}

function checkoutClaim({ port, root, branch, service }: RegisteredPort): PortClaim {
  return { port, by: { kind: 'other-checkout', root, branch, service } };
}
