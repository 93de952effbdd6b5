type Source<Item> = (push: (item: Item) => void, ending: AbortSignal) => Promise<void>;

/**
 * What a source pushes, as an iteration: it ends when the source does, and the source is told to end (`ending`) when
 * the signal is aborted or the iteration is left.
 */
export async function* iterate<Item>(
  signal: AbortSignal | undefined,
  source: Source<Item>,
): AsyncGenerator<Item, void> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (signal?.aborted === true) return;
  signal?.addEventListener('abort', end, { once: true });
  const waiting: Item[] = [];
  let wake = (): void => undefined;
  let isOver = false;
  const over = source((item) => {
    waiting.push(item);
    wake();
  }, ending.signal).finally(() => {
    isOver = true;
    wake();
  });
  // Awaited at the end; until then a failure must not count as unhandled.
  over.catch(() => undefined);
  try {
    for (;;) {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) yield item;
      if (isOver) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    await over;
  } finally {
    signal?.removeEventListener('abort', end);
    ending.abort();
  }
}
