import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/**
 * Throws EMFILE or ENFILE when so many more files cannot be opened. To be asked before a spawn: with too few execa
 * stumbles over a child without streams, and Node's error, which comes later and has no listener, would end us.
 */
export function probeDescriptors(count: number): void {
  const spare: number[] = [];
  try {
    while (spare.length < count) spare.push(openSync(devNull, 'r'));
  } finally {
    for (const descriptor of spare) closeSync(descriptor);
  }
}
