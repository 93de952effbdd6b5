import { spawn } from 'node:child_process';
import { closeSync, constants, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFifo, fifoWriters, hasFifoWriter, watchFifo } from '../../src/platform/fifo.ts';
import { holdsFor } from '../rig/holds-for.ts';
import { killQuietly } from '../rig/processes.ts';
import { temporaryFolder } from './spawn-program.ts';

async function newFifo(): Promise<string> {
  const path = join(temporaryFolder(), 'run.fifo');
  expect(await createFifo(path)).toBe('created');
  return path;
}

/** A process whose only tie is its stdin. */
function holder(path: string): number {
  const descriptor = openSync(path, constants.O_RDWR);
  const child = spawn('sleep', ['600'], { stdio: [descriptor, 'ignore', 'ignore'], detached: true });
  closeSync(descriptor);
  const pid = child.pid ?? 0;
  onTestFinished(() => killQuietly(pid));
  return pid;
}

test('a FIFO is made for this user only', async () => {
  const status = statSync(await newFifo());
  expect(status.isFIFO()).toBe(true);
  expect(status.mode & 0o777).toBe(0o600);
});

test('a FIFO that is there already is kept', async () => {
  const path = await newFifo();
  const { ino } = statSync(path);
  expect(await createFifo(path)).toBe('created');
  expect(statSync(path).ino).toBe(ino);
});

test('a FIFO that cannot be made is told, not thrown', async () => {
  expect(await createFifo('/no/such/folder/run.fifo')).toBe('unavailable');
});

test('the last writer is told from the one before it, and its end is an event', async () => {
  const path = await newFifo();
  const [first, last] = [holder(path), holder(path)];
  expect(fifoWriters(path)).toEqual([first, last].sort((a, b) => a - b));
  const watch = watchFifo(path);
  if (watch === undefined) throw new Error('no such FIFO');
  let isEmptied = false;
  void watch.emptied.then(() => {
    isEmptied = true;
  });
  process.kill(first, 'SIGKILL');
  await holdsFor(50, () => watch.hasWriter() && !isEmptied);
  process.kill(last, 'SIGKILL');
  await watch.emptied;
  expect(watch.hasWriter()).toBe(false);
  watch.close();
});

test('a FIFO whose writers had all gone before the watch began is emptied at once', async () => {
  const watch = watchFifo(await newFifo());
  await watch?.emptied;
  expect(watch?.hasWriter()).toBe(false);
});

test('what was written and never read does not pass for a writer', async () => {
  const path = await newFifo();
  const descriptor = openSync(path, constants.O_RDWR);
  expect(hasFifoWriter(path)).toBe(true);
  closeSync(descriptor);
  expect(hasFifoWriter(path)).toBe(false);
});

test('who only reads is no writer', async () => {
  const path = await newFifo();
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(descriptor));
  expect(fifoWriters(path)).toEqual([]);
  expect(hasFifoWriter(path)).toBe(false);
});

test('a missing FIFO has no watch and no writer', () => {
  expect(watchFifo('/no/such/fifo')).toBeUndefined();
  expect(watchFifo('')).toBeUndefined();
  expect(hasFifoWriter('/no/such/fifo')).toBe(false);
});
