import { isIP } from 'node:net';

const BOTH_LOOPBACKS: readonly string[] = ['127.0.0.1', '::1'];

/**
 * Where to knock to reach listeners that have these addresses: a wildcard is reached by its loopback, the IPv6 wildcard
 * mostly by both. Without any, both loopbacks: what `localhost` names varies between machines and programs.
 */
export function addressesToAsk(listening: readonly string[]): readonly string[] {
  const addresses = listening.flatMap((address) => {
    if (address === '0.0.0.0') return ['127.0.0.1'];
    if (address === '::') return BOTH_LOOPBACKS;
    return [withoutMapping(address)];
  });
  return addresses.length === 0 ? BOTH_LOOPBACKS : [...new Set(addresses)];
}

/** Whether a client that asks for `localhost`, or for `host`, may end up at a listener with this address. */
export function isReachedAs(address: string, host: string): boolean {
  return isReached([address], [...BOTH_LOOPBACKS, host]);
}

/**
 * Whether a client that tries all of `addresses` finds a server that listens on these; so when nothing is known of
 * them.
 */
export function isReached(listening: readonly string[], addresses: readonly string[]): boolean {
  const plain = listening.map(withoutMapping);
  // A server on the IPv6 wildcard mostly takes IPv4, too.
  if (addresses.length === 0 || plain.includes('::')) return true;
  return addresses.some((each) => plain.includes(each) || (isIP(each) === 4 && plain.includes('0.0.0.0')));
}

/** An IPv4 address that the system shows as an IPv6 one. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}
