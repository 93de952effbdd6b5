import { errorCode } from './error-code.ts';

/** What Windows says while another process has the file open: a reader, a virus scanner, the indexer. */
const IN_USE = new Set(['EPERM', 'EBUSY', 'EACCES']);
const PAUSES_MS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** Does what Windows may refuse while a file is open elsewhere, again and again for a second; then it throws. */
export function insistOn<Value>(perform: () => Value): Value {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const ms of PAUSES_MS) {
    try {
      return perform();
    } catch (thrown) {
      if (!IN_USE.has(errorCode(thrown) ?? '')) throw thrown;
      Atomics.wait(pause, 0, 0, ms);
    }
  }
  return perform();
}
