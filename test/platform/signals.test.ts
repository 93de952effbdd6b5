import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { endForeignTree, selectTree } from '../../src/platform/end-process-tree.ts';
import { identityOf, type ProcessIdentity } from '../../src/platform/process-identity.ts';
import { findProcess, type ProcessEntry, readProcessTable } from '../../src/platform/process-table.ts';
import { ownAncestors, signalGroup, signalProcess } from '../../src/platform/signals.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { type Program, spawnProgram, spawnPython } from './spawn-program.ts';

const SLEEP = 'print("up"); import time; time.sleep(600)';

async function sleeper(): Promise<{ program: Program; identity: ProcessIdentity }> {
  const program = spawnPython(SLEEP);
  await program.next();
  return { program, identity: identityFor(program.pid) };
}

function identityFor(pid: number): ProcessIdentity {
  const identity = identityOf(pid);
  if (identity === undefined) throw new Error(`${pid} does not live`);
  return identity;
}

test('a signal reaches the very process that was meant, and no other with its pid', async () => {
  const { program, identity } = await sleeper();
  expect(signalProcess({ ...identity, startTime: identity.startTime - 1 }, 'SIGKILL')).toBe('gone');
  expect(signalProcess({ ...identity, bootId: 'another' }, 'SIGKILL')).toBe('gone');
  expect(isLiving(program.pid)).toBe(true);
  expect(signalProcess(identity, 'SIGTERM')).toBe('sent');
  expect(await once(program.child, 'exit')).toEqual([null, 'SIGTERM']);
  expect(signalProcess(identity, 'SIGTERM')).toBe('gone');
});

test('we, our ancestors and pid 0 and 1 are never signalled', () => {
  expect(ownAncestors().has(process.ppid)).toBe(true);
  expect(ownAncestors().has(process.pid)).toBe(false);
  for (const pid of [process.pid, process.ppid, 1]) expect(signalProcess(identityFor(pid), 'SIGCONT')).toBe('refused');
  expect(signalProcess({ ...identityFor(process.pid), pid: 0 }, 'SIGCONT')).toBe('refused');
  expect(signalProcess({ ...identityFor(process.pid), pid: -1 }, 'SIGCONT')).toBe('refused');
});

test.skipIf(process.getuid?.() !== 0)("another user's process is never signalled, even by root", async () => {
  const program = spawnPython(`import os; os.setuid(65534); ${SLEEP}`);
  await program.next();
  const identity = identityFor(program.pid);
  expect(signalProcess(identity, 'SIGKILL')).toBe('denied');
  expect(signalGroup({ witness: identity, groupId: program.pid, table: readProcessTable() }, 'SIGKILL')).toBe(
    'refused',
  );
  expect(isLiving(program.pid)).toBe(true);
});

test('a group is signalled through any living member, also when its leader is dead', async () => {
  const program = spawnProgram('sh', ['-c', 'sleep 600 & echo $!; wait']);
  const member = Number(await program.next());
  const identity = identityFor(member);
  process.kill(program.pid, 'SIGKILL');
  await once(program.child, 'exit');
  expect(signalGroup({ witness: identity, groupId: member, table: readProcessTable() }, 'SIGKILL')).toBe('gone');
  expect(isLiving(member)).toBe(true);
  expect(signalGroup({ witness: identity, groupId: program.pid, table: readProcessTable() }, 'SIGKILL')).toBe('sent');
  await waitUntil(() => !isLiving(member));
});

test('a group that we are in is never signalled', () => {
  const groupId = findProcess(process.pid)?.groupId ?? 0;
  expect(
    signalGroup({ witness: identityFor(process.pid), groupId: groupId, table: readProcessTable() }, 'SIGCONT'),
  ).toBe('refused');
  expect(signalGroup({ witness: identityFor(process.pid), groupId: 0, table: readProcessTable() }, 'SIGCONT')).toBe(
    'refused',
  );
  expect(signalGroup({ witness: identityFor(process.pid), groupId: 1, table: readProcessTable() }, 'SIGCONT')).toBe(
    'refused',
  );
});

test('the tree of a stranger ends with the children that left its session', async () => {
  const program = spawnProgram('sh', ['-c', 'setsid sleep 600 & echo $!; wait']);
  const child = Number(await program.next());
  onTestFinished(() => killQuietly(child));
  await waitUntil(() => findProcess(child)?.sessionId === child);
  expect(await endForeignTree(identityFor(program.pid), 'SIGKILL')).toEqual([program.pid, child]);
  await waitUntil(() => !isLiving(child) && !isLiving(program.pid));
});

test('a tree that we live in, or a process that is another one by now, is left alone', async () => {
  expect(await endForeignTree(identityFor(process.ppid), 'SIGKILL')).toEqual([]);
  expect(await endForeignTree(identityFor(1), 'SIGKILL')).toEqual([]);
  const { program, identity } = await sleeper();
  expect(await endForeignTree({ ...identity, startTime: 1 }, 'SIGKILL')).toEqual([]);
  expect(isLiving(program.pid)).toBe(true);
});

test('a tree is without zombies, other users and what is spared, with all under them', () => {
  const entry = (pid: number, parentPid: number, changes: Partial<ProcessEntry> = {}): ProcessEntry => ({
    ...{ pid, parentPid, groupId: 1, sessionId: 1, userId: 1000, startTime: 1, state: 'running', name: '' },
    ...changes,
  });
  const table = [
    entry(14, 13),
    entry(10, 1),
    entry(11, 10, { state: 'zombie' }),
    entry(12, 10, { userId: 0 }),
    entry(13, 10),
    entry(15, 10),
    entry(16, 15),
    entry(20, 1),
  ];
  const tree = selectTree(table, { root: 10, kept: new Set([15]), userId: 1000 });
  expect(tree.map(({ pid }) => pid)).toEqual([10, 13, 14]);
});
