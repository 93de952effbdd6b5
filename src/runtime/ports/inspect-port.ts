import { setTimeout as delay } from 'node:timers/promises';
import { type Listener, listenersOn } from '../../platform/listeners.ts';
import { canBind } from '../../platform/port-binding.ts';
import type { PortHolder } from '../state/lifecycle.ts';
import type { InspectContext } from './holder-relation.ts';
import { hiddenHolder, holdersOf } from './holders-of.ts';

export type PortState =
  | { readonly kind: 'free' }
  | { readonly kind: 'held'; readonly holders: readonly PortHolder[] }
  /** Nobody has it, but this user may not bind it (below 1024 on most systems). */
  | { readonly kind: 'forbidden' };

const LOOKS = 5;
/** Longer than the test for a free port by some other program, which binds for a moment, lasts. */
const PAUSE_MS = 20;

/**
 * Who holds a port and how they relate to us. Free means that it can be bound on every address a server could use, and
 * nobody listens there; a port that is bound without listening, or is the near end of an outgoing connection, is held by
 * a holder without a pid.
 */
export async function inspectPort(port: number, context: InspectContext): Promise<PortState> {
  let holders: readonly PortHolder[] = [];
  for (let look = 0; look < LOOKS; look++) {
    const binding = await canBind(port);
    if (binding === 'free') return { kind: 'free' };
    const listeners = listenersOn(port);
    if (listeners.length === 0 && binding === 'denied') return { kind: 'forbidden' };
    holders = listeners.length === 0 ? [hiddenHolder(null)] : holdersOf(listeners, context);
    if (listeners.length > 0 && areStill(port, listeners)) break;
    await delay(PAUSE_MS); // It may have come or gone while we looked: look again before calling it hidden.
  }
  return { kind: 'held', holders };
}

function areStill(port: number, listeners: readonly Listener[]): boolean {
  const now = new Set(listenersOn(port).map(({ inode }) => inode));
  return listeners.every(({ inode }) => now.has(inode));
}
