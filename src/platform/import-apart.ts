import type { Worker } from 'node:worker_threads';

/** Why a module gave nothing. */
export type ImportFailure =
  | { readonly reason: 'threw'; readonly error: unknown }
  | { readonly reason: 'timeout'; readonly limitMs: number }
  /** It ended the process, or has nothing to do any more and never came to its end. */
  | { readonly reason: 'ended'; readonly code: number };

export type ImportOutcome = { readonly value: unknown } | { readonly failure: ImportFailure };

/**
 * What the module at `url` exports by default, an object or what its function returns, as plain data: a function in it
 * becomes the text `[function]`. It runs in a thread of its own, which can be ended whatever it does: a module that
 * loops, waits for ever or ends the process takes nothing of ours with it, and leaves nothing running.
 */
export async function importApart(url: string, limitMs: number): Promise<ImportOutcome> {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const worker = new Worker(PROGRAM, { eval: true, workerData: url, stdout: true, stderr: true });
  // What it prints is not our answer, and may be anything.
  for (const stream of [worker.stdout, worker.stderr]) stream.resume();
  try {
    return await outcomeOf(worker, limitMs);
  } finally {
    await worker.terminate();
  }
}

function outcomeOf(worker: Worker, limitMs: number): Promise<ImportOutcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ failure: { reason: 'timeout', limitMs } }), limitMs);
    const settle = (outcome: ImportOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    worker.once('message', (message: ImportOutcome) => settle(message));
    worker.once('error', (error) => settle({ failure: { reason: 'threw', error } }));
    worker.once('exit', (code) => settle({ failure: { reason: 'ended', code } }));
  });
}

/**
 * In the worker, plain JavaScript. An `import` with a comment before its bracket stays one in the runtime, where the
 * build replaces all others. CommonJS compiled from a module keeps its default export one level down.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const unwrapped = (exported) =>
  typeof exported === 'object' && exported !== null && '__esModule' in exported && 'default' in exported
    ? exported.default
    : exported;
const plain = (value, within = []) => {
  if (typeof value === 'function' || typeof value === 'symbol') return '[' + typeof value + ']';
  if (typeof value !== 'object' || value === null) return value;
  if (within.includes(value)) return '[circle]';
  const inner = [...within, value];
  if (Array.isArray(value)) return value.map((item) => plain(item, inner));
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) return '[' + Object.prototype.toString.call(value).slice(8);
  const copy = {};
  for (const [key, item] of Object.entries(value)) {
    // A key may be \`__proto__\`.
    Object.defineProperty(copy, key, { value: plain(item, inner), enumerable: true });
  }
  return copy;
};
const told = (error) =>
  error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : error;
(async () => {
  try {
    const exported = unwrapped((await import /* as it is */ (workerData)).default);
    parentPort.postMessage({ value: plain(typeof exported === 'function' ? await exported() : exported) });
  } catch (error) {
    parentPort.postMessage({ failure: { reason: 'threw', error: plain(told(error)) } });
  }
})();
`;
