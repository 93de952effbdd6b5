import type { Listener } from '../../platform/listeners.ts';
import type { PortRange } from '../../platform/port-binding.ts';
import { isReachedAs } from './probe-address.ts';

/** Debuggers and reload sockets, which open before the server and are not it: Node, Python, Java, Vite, LiveReload. */
const AUXILIARY: ReadonlySet<number> = new Set([9229, 5678, 5005, 24_678, 35_729]);

/**
 * A server that does what it is told mostly listens there well before; an extra socket of it may be open long before.
 */
const SETTLED_AFTER_MS = 5_000;
/** No test for a free port takes as long. */
const MOVED_AFTER_MS = 200;

export interface OtherPortFacts extends ListenedFacts {
  readonly now: number;
  /** Of a run that was ready, where it has listened for a while beside its own port; `null`: it was not ready yet. */
  readonly besides: readonly number[] | null;
}

export interface ListenedFacts {
  /** Where the run's processes listen. */
  readonly listeners: readonly Listener[];
  readonly toldPort: number;
  readonly host: string;
  /** Servers talk to their own workers over ports from here. */
  readonly ephemeral: PortRange;
}

/** Remembers since when a run listens on ports that it was not told. */
export interface OtherPorts {
  /**
   * Ports that the service may have chosen by itself (hard-coded, or drifted because the told one was busy), the
   * likeliest first: those that have been open for a while, the nearest above the told port before all others.
   */
  settled(facts: OtherPortFacts): readonly number[];
}

export function watchOtherPorts(): OtherPorts {
  let since = new Map<number, number>();
  return {
    settled(facts) {
      const open = otherPorts(facts).filter((port) => facts.besides?.includes(port) !== true);
      since = new Map(open.map((port) => [port, since.get(port) ?? facts.now]));
      // A run that was ready has closed its port: one that it opens instead is where it serves now.
      const leastMs = facts.besides === null ? SETTLED_AFTER_MS : MOVED_AFTER_MS;
      return [...since]
        .filter(([, first]) => facts.now - first >= leastMs)
        .map(([port]) => port)
        .sort((one, other) => distance(one, facts.toldPort) - distance(other, facts.toldPort));
    },
  };
}

/** Ports other than the told one on which the service may serve: no debugger's, none that it talks to itself over. */
export function otherPorts(facts: ListenedFacts): readonly number[] {
  return facts.listeners.filter((listener) => isEligible(listener, facts)).map(({ port }) => port);
}

function isEligible({ port, address }: Listener, { toldPort, host, ephemeral }: ListenedFacts): boolean {
  const isInternal = AUXILIARY.has(port) || (port >= ephemeral.from && port <= ephemeral.to);
  return port !== toldPort && !isInternal && isReachedAs(address, host);
}

function distance(port: number, toldPort: number): number {
  return port > toldPort ? port - toldPort : 65_536 + port;
}
