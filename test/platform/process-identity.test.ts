import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { pidExists } from '../../src/platform/pid-exists.ts';
import { identityOf, isAlive, ownIdentity } from '../../src/platform/process-identity.ts';
import { findProcess } from '../../src/platform/process-table.ts';
import { killQuietly } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { spawnProgram, spawnPython } from './spawn-program.ts';

test('we are alive', () => {
  expect(isAlive(ownIdentity())).toBe(true);
  expect(ownIdentity()).toEqual(identityOf(process.pid));
});

test('a process with the same pid but another start time, boot or pid namespace is another one', () => {
  const own = ownIdentity();
  expect(isAlive({ ...own, startTime: own.startTime + 1 })).toBe(false);
  expect(isAlive({ ...own, bootId: 'another' })).toBe(false);
  expect(isAlive({ ...own, pidNamespace: '1' })).toBe(false);
});

test('an ended process is not alive, and a pid that no process has has no identity', async () => {
  const program = spawnPython('import time; print("up"); time.sleep(600)');
  await program.next();
  const identity = identityOf(program.pid);
  if (identity === undefined) throw new Error('it lives, but has no identity');
  process.kill(program.pid, 'SIGKILL');
  await once(program.child, 'exit');
  expect(isAlive(identity)).toBe(false);
  expect(identityOf(program.pid)).toBeUndefined();
  expect(findProcess(program.pid)).toBeUndefined();
});

test('a zombie is dead, although signals still reach it', async () => {
  const program = spawnPython(`import os,time
pid=os.fork()
if pid==0: os._exit(0)
print(pid); time.sleep(600)`);
  const zombie = Number(await program.next());
  await waitUntil(() => findProcess(zombie)?.state === 'zombie');
  expect(process.kill(zombie, 0)).toBe(true);
  expect(identityOf(zombie)).toBeUndefined();
});

test('a process whose first thread has ended lives on in the others', async () => {
  const exit = process.arch === 'arm64' ? 93 : 60;
  const program = spawnPython(`import ctypes,threading,time
threading.Thread(target=lambda: time.sleep(600)).start()
print('up'); ctypes.CDLL(None).syscall(${exit},0)`);
  await program.next();
  onTestFinished(() => killQuietly(program.pid));
  await waitUntil(() => readFileSync(`/proc/${program.pid}/stat`, 'utf8').includes(') Z '));
  expect(findProcess(program.pid)?.state).toBe('running');
  expect(identityOf(program.pid)).toMatchObject({ pid: program.pid });
});

test('a pid exists as long as its process is not reaped, also where another user has it', async () => {
  const { pid, child } = spawnProgram('/bin/sleep', ['600']);
  expect([pidExists(process.pid), pidExists(pid), pidExists(1)]).toEqual([true, true, true]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(pidExists(pid)).toBe(false);
});
