import { lookup } from 'node:dns/promises';

/** Whether the name leads to the address on this machine; a name that leads nowhere does not. */
export async function namesAddress(name: string, address: string): Promise<boolean> {
  const found = await lookup(name, { all: true }).catch(() => []);
  return found.some((each) => each.address === address);
}
