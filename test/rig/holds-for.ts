const PERIOD_MS = 10;

/**
 * For what must not happen, of which no event can tell: looks at `holds` for `ms` and throws as soon as it gives `false`.
 * A wrong program is found by it, a slow machine never.
 */
export async function holdsFor(ms: number, holds: () => boolean): Promise<void> {
  const endMs = performance.now() + ms;
  do {
    if (!holds()) throw new Error(`does not hold for ${ms} ms: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  } while (performance.now() < endMs);
}

/** Throws if the promise is settled within `ms`. */
export async function staysPending(promise: Promise<unknown>, ms: number): Promise<void> {
  let isPending = true;
  const settle = (): void => {
    isPending = false;
  };
  promise.then(settle, settle);
  await holdsFor(ms, () => isPending);
}
