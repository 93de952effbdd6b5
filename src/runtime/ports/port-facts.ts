import type { PortRange } from '../../platform/port-binding.ts';
import type { HolderRelation, PortHolder } from '../state/lifecycle.ts';

/** What the machine says about one port that was tried. */
export type PortState =
  | { readonly kind: 'free' }
  | { readonly kind: 'held'; readonly holders: readonly PortHolder[] }
  /** No process has it, but this user may not bind it (below 1024 on most systems). */
  | { readonly kind: 'forbidden' };

/** All that decides who gets which port, as of one moment: plain data, read once for all services of a start. */
export interface PortFacts {
  /** The kernel gives these to outgoing connections at any moment. */
  readonly ephemeral: PortRange;
  /** Every port of the machine on which a process listens, tried or not. */
  readonly listening: readonly number[];
  /**
   * The ports that were tried by binding them; a port that is not here and has no listener is presumed to be free.
   * Holders are described from the checkout's point of view: every service of it is a sibling.
   */
  readonly tried: Readonly<Record<number, PortState>>;
  readonly claims: readonly PortClaim[];
  /** The last fallback port of each service. */
  readonly lastPorts: Readonly<Record<string, number>>;
  /** Ports whose holders were ended once for this start: who has them now is left alone. */
  readonly contested: readonly number[];
}

/** A port that a service of this or another checkout was assigned, though it may not be bound yet. */
export interface PortClaim {
  readonly port: number;
  readonly by: Extract<HolderRelation, { readonly kind: 'sibling-service' | 'other-checkout' }>;
}
