import { closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { errorCode, expectCodes } from './error-code.ts';
import { isHeldExclusively } from './exclusive-file.windows.ts';
import { descriptorsOf, readProcFile, readProcLink } from './proc-file.linux.ts';
import { realPathOf } from './real-path.ts';

/** A look at who still writes to a FIFO: at a run's, the last process of its tree. */
export interface FifoWatch {
  /** Asks the kernel now. */
  hasWriter(): boolean;
  /** Resolves when the last writer has gone, within a millisecond on Linux; never when closed before. */
  readonly emptied: Promise<void>;
  /** The caller closes every watch; until then it keeps the process alive. */
  close(): void;
}

const POLL_MS = 100;
const scrap = Buffer.allocUnsafe(4096);

/**
 * Makes a FIFO for this user only, unless it is there already. `unavailable`: no `mkfifo` here, or a file system
 * without FIFOs (or Windows). Node cannot make one itself; this is one child process of about 2 ms, so call it before
 * you need it: the second call costs nothing.
 */
export async function createFifo(path: string): Promise<'created' | 'unavailable'> {
  if (process.platform === 'win32') return 'unavailable';
  if (statSync(path, { throwIfNoEntry: false })?.isFIFO() === true) return 'created';
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin' };
    const child = spawn('mkfifo', ['-m', '600', path], { stdio: 'ignore', env: environment });
    child.once('error', () => resolve('unavailable'));
    child.once('exit', (code) => resolve(code === 0 ? 'created' : 'unavailable'));
  });
}

/**
 * Whether any process has the FIFO open for writing; false when there is no such FIFO. On Windows: the file that stands
 * in for it, which a run's processes inherit.
 */
export function hasFifoWriter(path: string): boolean {
  if (process.platform === 'win32') return path !== '' && isHeldExclusively(path);
  const descriptor = openForReading(path);
  if (descriptor === undefined) return false;
  try {
    return canBeWritten(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** `undefined`: there is no such FIFO. */
export function watchFifo(path: string): FifoWatch | undefined {
  const descriptor = openForReading(path);
  if (descriptor === undefined) return undefined;
  const watch = { hasWriter: () => hasFifoWriter(path) };
  // The event never comes when all writers had gone before we opened: the kernel reports only a change.
  if (!canBeWritten(descriptor)) {
    closeSync(descriptor);
    return { ...watch, emptied: Promise.resolve(), close: () => undefined };
  }
  const events = process.platform === 'linux' ? endOfFile(descriptor) : pollForEnd(descriptor);
  return { ...watch, ...events };
}

/** Pids that hold the FIFO open for writing at any descriptor; what Linux lets us see, nothing elsewhere. */
export function fifoWriters(path: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const real = realPathOf(path);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && writes(pid, real));
}

function writes(pid: number, path: string): boolean {
  return descriptorsOf(pid).some(
    (descriptor) => readProcLink(`/proc/${pid}/fd/${descriptor}`) === path && isOpenForWriting(pid, descriptor),
  );
}

function isOpenForWriting(pid: number, descriptor: string): boolean {
  const flags = /^flags:\s+([0-7]+)/m.exec(readProcFile(`/proc/${pid}/fdinfo/${descriptor}`) ?? '')?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & (constants.O_WRONLY | constants.O_RDWR)) !== 0;
}

function openForReading(path: string): number | undefined {
  if (process.platform === 'win32' || path === '') return undefined;
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR']);
    return undefined;
  }
}

/** Nothing to read and no writer is end-of-file (0); nothing to read with a writer is EAGAIN. */
function canBeWritten(descriptor: number): boolean {
  try {
    // What was written and not read comes first, and says nothing yet.
    while (readSync(descriptor, scrap) > 0);
    return false;
  } catch (thrown) {
    if (errorCode(thrown) === 'EAGAIN') return true;
    throw thrown;
  }
}

function endOfFile(descriptor: number): Pick<FifoWatch, 'emptied' | 'close'> {
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  const emptied = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    // A broken read tells nothing about the writers; a caller that waits has `hasWriter`.
    socket.once('error', () => undefined);
  });
  socket.resume();
  return { emptied, close: () => socket.destroy() };
}

/** Whether kqueue reports the last writer of a FIFO was never tested, so macOS is asked regularly. */
function pollForEnd(descriptor: number): Pick<FifoWatch, 'emptied' | 'close'> {
  let timer: NodeJS.Timeout | undefined;
  const close = (): void => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    closeSync(descriptor);
  };
  const emptied = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (canBeWritten(descriptor)) return;
      close();
      resolve();
    }, POLL_MS);
  });
  return { emptied, close };
}
