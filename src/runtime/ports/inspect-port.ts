import { setTimeout as delay } from 'node:timers/promises';
import { findContainer } from '../../platform/find-container.ts';
import { type Listener, listenersByPort } from '../../platform/listeners.ts';
import { type Bindability, canBind } from '../../platform/port-binding.ts';
import type { PortHolder } from '../state/lifecycle.ts';
import type { InspectContext } from './holder-relation.ts';
import { clientsAt, hiddenHolder, holdersOfEach } from './holders-of.ts';
import type { PortState } from './port-facts.ts';

const LOOKS = 5;
/** Longer than the test for a free port by some other program, which binds for a moment, lasts. */
const PAUSE_MS = 20;

/**
 * Who holds a port and how they relate to us. Free means that it can be bound on every address a server could use, and
 * no process listens there; what has bound a port without listening is a holder without a pid.
 */
export async function inspectPort(port: number, context: InspectContext): Promise<PortState> {
  return (await inspectPorts([port], context)).get(port) ?? { kind: 'free' };
}

/** `inspectPort` for many, none twice, at the price of one look at sockets and processes. */
export async function inspectPorts(
  ports: readonly number[],
  context: InspectContext,
): Promise<ReadonlyMap<number, PortState>> {
  const states = new Map<number, PortState>();
  let unsettled = ports;
  for (let look = 0; look < LOOKS && unsettled.length > 0; look++) {
    // What comes or goes while we look is looked at again before it is called hidden.
    if (look > 0) await delay(PAUSE_MS);
    unsettled = await inspectOnce(unsettled, { context, states });
  }
  return states;
}

interface Inspection {
  readonly context: InspectContext;
  /** Gets what is seen. */
  readonly states: Map<number, PortState>;
}

/** Gives the ports of which another look may tell more. */
async function inspectOnce(ports: readonly number[], { context, states }: Inspection): Promise<readonly number[]> {
  const bindings = new Map(await Promise.all(ports.map(async (port) => [port, await canBind(port)] as const)));
  for (const port of ports) if (bindings.get(port) === 'free') states.set(port, { kind: 'free' });
  const busy = ports.filter((port) => bindings.get(port) !== 'free');
  if (busy.length === 0) return [];
  const before = listenersByPort();
  const groups = busy.map((port) => before.get(port) ?? []);
  const holders = holdersOfEach(groups, context);
  const after = listenersByPort();
  for (const [index, port] of busy.entries()) {
    states.set(port, await stateOf(port, bindings.get(port), holders[index] ?? []));
  }
  return busy.filter((port, index) => {
    const listeners = groups[index] ?? [];
    if (states.get(port)?.kind === 'forbidden') return false;
    return listeners.length === 0 || !areStill(listeners, after.get(port) ?? []);
  });
}

async function stateOf(
  port: number,
  binding: Bindability | undefined,
  listening: readonly PortHolder[],
): Promise<PortState> {
  if (listening.length > 0) {
    const holders = await Promise.all(listening.map((holder) => withContainer(holder, port)));
    return { kind: 'held', holders };
  }
  if (binding === 'denied') return { kind: 'forbidden' };
  const clients = clientsAt(port);
  return { kind: 'held', holders: clients.length > 0 ? clients : [hiddenHolder(null)] };
}

async function withContainer(holder: PortHolder, port: number): Promise<PortHolder> {
  if (holder.relation.kind !== 'container-engine') return holder;
  return { ...holder, relation: { kind: 'container-engine', container: await findContainer(port) } };
}

function areStill(listeners: readonly Listener[], now: readonly Listener[]): boolean {
  const inodes = new Set(now.map(({ inode }) => inode));
  return listeners.every(({ inode }) => inodes.has(inode));
}
