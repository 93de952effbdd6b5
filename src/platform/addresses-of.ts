/** The addresses that a name leads to on this machine; none when it leads nowhere. */
export async function addressesOf(name: string): Promise<readonly string[]> {
  const { lookup } = await import('node:dns/promises');
  const found = await lookup(name, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
