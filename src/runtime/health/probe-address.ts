const BOTH_LOOPBACKS: readonly string[] = ['127.0.0.1', '::1'];

/**
 * Where to knock to reach listeners that have these addresses: a wildcard is reached by its loopback, the IPv6 wildcard
 * mostly by both. Without any, both loopbacks: what `localhost` names varies between machines and programs.
 */
export function addressesToAsk(listening: readonly string[]): readonly string[] {
  const addresses = listening.flatMap((address) => {
    if (address === '0.0.0.0') return ['127.0.0.1'];
    if (address === '::') return BOTH_LOOPBACKS;
    return [address.replace(/^::ffff:(?=\d+\.)/, '')];
  });
  return addresses.length === 0 ? BOTH_LOOPBACKS : [...new Set(addresses)];
}

/** Whether a client that asks for `localhost`, or for `host`, may end up at a listener with this address. */
export function isReachedAs(address: string, host: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return plain === '0.0.0.0' || plain === '::' || BOTH_LOOPBACKS.includes(plain) || plain === host;
}
