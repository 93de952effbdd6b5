import type { HeldSocket } from '../../platform/held-socket.ts';
import { watchOtherPorts } from './other-port.ts';
import { isReachedAs } from './probe-address.ts';
import type { Ownership, ReadinessWorld, ReadyRequest } from './readiness.ts';

export type Look =
  | { readonly kind: 'nothing' }
  /** The run listens there, and no other process; `port` is `null` for a service without one. */
  | {
      readonly kind: 'ours';
      readonly port: number | null;
      readonly addresses: readonly string[];
      readonly sockets: readonly HeldSocket[];
    }
  | ({ readonly kind: 'stolen'; readonly port: number } & Ownership);

/** Looks for the run's listening socket. */
export interface ListenerSearch {
  once(): Promise<Look>;
  /** Whether what was found is still the run's own; who joined it there meanwhile, the next look tells. */
  isStillThere(found: Look): boolean;
  /** Its probe failed: if it is a port that the service was not told, others have their turn before it. */
  doubt(found: Look): void;
}

/** A test for a free port listens for less than this; and a process this young may not have been seen as ours. */
const CONFIRM_MS = 50;
/** Looking through all sockets of the run is dear. */
const OTHER_PORTS_PERIOD_MS = 250;

export function lookForListener(
  { service, port, besides, signal }: ReadyRequest,
  world: ReadinessWorld,
): ListenerSearch {
  const others = watchOtherPorts();
  const doubted = new Set<number>();
  // At a start they are of interest only after seconds.
  let otherPortsAt = besides === null ? world.clock.monotonicMs() : Number.NEGATIVE_INFINITY;

  const judge = (at: number): Look => {
    if (world.listenersOn(at).length === 0) return { kind: 'nothing' };
    const { ours, others } = world.ownership(at);
    const rivals = others.filter(({ address }) => isReachedAs(address, service.host));
    if (rivals.length > 0) return { kind: 'stolen', port: at, ours, others: rivals };
    if (ours.length === 0) return { kind: 'nothing' };
    const addresses = ours.map(({ address }) => address);
    return { kind: 'ours', port: at, addresses, sockets: world.heldSocketsOf(ours) };
  };

  const elsewhere = (toldPort: number): Look => {
    const now = world.clock.monotonicMs();
    if (now - otherPortsAt < OTHER_PORTS_PERIOD_MS) return { kind: 'nothing' };
    otherPortsAt = now;
    const facts = { listeners: world.listenersOfRun(), toldPort, besides, host: service.host };
    const settled = others.settled({ ...facts, ephemeral: world.ephemeral, now });
    if (settled.every((candidate) => doubted.has(candidate))) doubted.clear();
    const next = settled.find((candidate) => !doubted.has(candidate));
    const look = next === undefined ? undefined : judge(next);
    return look?.kind === 'ours' ? look : { kind: 'nothing' };
  };

  return {
    async once() {
      if (port === null) return { kind: 'ours', port: null, addresses: [], sockets: [] };
      const look = judge(port);
      if (look.kind === 'nothing') return elsewhere(port);
      if (look.kind === 'ours') return look;
      await world.clock.delay(CONFIRM_MS, signal);
      const again = judge(port);
      return again.kind !== 'stolen' || shareRival(look, again) ? again : { kind: 'nothing' };
    },
    isStillThere(found) {
      if (found.kind !== 'ours') return false;
      if (found.sockets.length > 0) return found.sockets.every((socket) => world.isStillHeld(socket));
      return found.port === null || judge(found.port).kind === 'ours';
    },
    doubt(found) {
      if (found.kind === 'ours' && found.port !== null && found.port !== port) doubted.add(found.port);
    },
  };
}

function shareRival(one: Ownership, other: Ownership): boolean {
  return one.others.some(({ inode }) => other.others.some((rival) => rival.inode === inode));
}
