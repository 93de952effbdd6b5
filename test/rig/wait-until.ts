const PERIOD_MS = 25;

/**
 * Asks `check` until it gives something other than `undefined` or `false`, and returns that.
 * Throws after `limitMs` (default 10 s) with the check's last error, if it threw.
 */
export async function waitUntil<Value>(
  check: () => Value | undefined | false | Promise<Value | undefined | false>,
  limitMs = 10_000,
): Promise<Value> {
  const startedAt = performance.now();
  let lastError: unknown;
  while (performance.now() - startedAt < limitMs) {
    try {
      const value = await check();
      if (value !== undefined && value !== false) return value as Value;
    } catch (error) {
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  }
  throw new Error(`not within ${limitMs} ms: ${String(check)}`, { cause: lastError });
}
