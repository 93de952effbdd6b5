/** One look lasts at least this long and doubles, so that a slow answer is not cut off each time. */
const FIRST_SLICE_MS = 1_000;
const LONGEST_SLICE_MS = 8_000;
const INTERVAL_MS = 50;

/**
 * Waits until a resource (`tcp:`, `http-get://`, `socket:`, `file:` …) is available; `false`: not in time, or aborted.
 * `localhost` is available when it is on either loopback. Throws when the resource is malformed, which the config
 * already excludes.
 */
export async function waitForResource(resource: string, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<false>((resolve) => {
    onAbort = () => resolve(false);
    signal.addEventListener('abort', onAbort);
  });
  try {
    return !signal.aborted && (await Promise.race([waitInSlices(resource, timeoutMs, signal), aborted]));
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}

async function waitInSlices(resource: string, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  let sliceMs = FIRST_SLICE_MS;
  while (!signal.aborted) {
    const leftMs = Math.ceil(end - performance.now());
    if (leftMs <= 0) return false;
    const looks = bothLoopbacks(resource).map((each) => isAvailable(each, Math.min(sliceMs, leftMs)));
    if (await anyTrue(looks)) return true;
    sliceMs = Math.min(sliceMs * 2, LONGEST_SLICE_MS);
  }
  return false;
}

/**
 * One slice. The library cannot be told to stop, so what an abort leaves behind lasts no longer than this.
 * Imported only here: loading it takes a third of a second.
 */
async function isAvailable(resource: string, sliceMs: number): Promise<boolean> {
  const { default: waitOn } = await import('wait-on');
  try {
    await waitOn({
      resources: [resource],
      timeout: sliceMs,
      interval: INTERVAL_MS,
      // A silent server would get a new connection each interval, and keep them all.
      simultaneous: 1,
      httpTimeout: sliceMs,
      tcpTimeout: sliceMs,
      // Only files know a window: how long their size must have stood still.
      window: INTERVAL_MS,
      // A proxy from the environment would answer for a target that is not there.
      proxy: false,
    });
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Timed out')) return false;
    throw error;
  }
}

/** `localhost` names only one of the two on many machines, while servers take either. */
function bothLoopbacks(resource: string): readonly string[] {
  const bare = /^tcp:(\d+)$/.exec(resource);
  if (bare !== null) return [`tcp:127.0.0.1:${bare[1]}`, `tcp:[::1]:${bare[1]}`];
  const named = /^(tcp:|https?(?:-get)?:\/\/)localhost(?=[:/]|$)(.*)$/.exec(resource);
  return named === null ? [resource] : [`${named[1]}127.0.0.1${named[2]}`, `${named[1]}[::1]${named[2]}`];
}

async function anyTrue(promises: readonly Promise<boolean>[]): Promise<boolean> {
  try {
    return await Promise.any(promises.map(async (promise) => (await promise) || Promise.reject(new NotYet())));
  } catch (error) {
    const real = (error as AggregateError).errors.find((each) => !(each instanceof NotYet));
    if (real !== undefined) throw real;
    return false;
  }
}

class NotYet extends Error {}
