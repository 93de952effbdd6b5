import { amount, object, type ShapeOf, text } from '../base/shape.ts';
import { pidShape } from './identity-shape.ts';
import type { Listener } from './listener.ts';
import { descriptorOf, isSocketAt } from './listeners.linux.ts';

/** A listening socket as a descriptor of a process that has it, so that it is found again without a search. */
export const heldSocketShape = object({
  pid: pidShape,
  descriptor: amount,
  inode: text,
});

export interface HeldSocket extends ShapeOf<typeof heldSocketShape> {}

/** `undefined`: this system does not tell of descriptors, or none of `pids` has that socket. */
export function heldSocketOf({ inode }: Listener, pids: Iterable<number>): HeldSocket | undefined {
  if (process.platform !== 'linux') return undefined;
  const found = descriptorOf(inode, pids);
  return found && { ...found, inode };
}

/**
 * Whether that process still has the socket, for the price of one link (some µs): a socket listens until all who have
 * it close it or end. The socket table, for which the kernel searches all connections, costs a hundred times as much.
 */
export function isStillHeld({ pid, descriptor, inode }: HeldSocket): boolean {
  return isSocketAt({ pid, descriptor }, inode);
}
