const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/**
 * Bytes of `512MB`, `1.5GB`, `300k` or a bare number; units count in 1024, as container tools count them.
 * `undefined` when the text is none of these.
 */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(?:([kmg])i?)?b?$/.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const [, amount, unit = ''] = match;
  return Math.round(Number(amount) * (UNIT_BYTES[unit] ?? 1));
}
