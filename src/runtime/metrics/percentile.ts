/**
 * The smallest of the values that `percent` of them do not exceed (nearest rank); `null`: there are none.
 * `ascending`: sorted.
 */
export function percentile(ascending: readonly number[], percent: number): number | null {
  const rank = Math.ceil((percent / 100) * ascending.length);
  return ascending[Math.max(0, rank - 1)] ?? null;
}
