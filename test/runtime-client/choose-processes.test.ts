import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProcessEntry } from '../../src/platform/process-table.ts';
import {
  chooseProcesses,
  type JudgedProcess,
  type OtherRun,
  type ShutdownFacts,
} from '../../src/runtime/client/shutdown/choose-processes.ts';

const ME = 1000;
const OTHER: OtherRun = { run: 'f'.repeat(32), root: '/home/ada/other', service: 'api' };
const THEIR_SUPERVISOR: OtherRun = { run: '', root: null, service: null };

function entry(pid: number, parentPid = 1, changes: Partial<ProcessEntry> = {}): ProcessEntry {
  const ids = { pid, parentPid, groupId: pid, sessionId: pid };
  return { ...ids, userId: ME, startTime: pid, state: 'running', name: `p${pid}`, ...changes };
}

interface World {
  readonly callers?: readonly number[];
  readonly supervisors?: readonly number[];
  readonly members?: Readonly<Record<number, string | null>>;
  readonly listeners?: readonly number[];
  readonly connected?: readonly number[];
  readonly known?: readonly number[];
  readonly named?: readonly number[];
  readonly protectedPids?: readonly number[];
  readonly others?: Readonly<Record<number, OtherRun>>;
}

function factsOf(table: readonly ProcessEntry[], world: World): ShutdownFacts {
  const use = (isListening: boolean) => (pid: number) => ({ port: 8000, isListening, pid });
  return {
    table,
    userId: ME,
    callers: new Set(world.callers),
    supervisors: new Set(world.supervisors),
    members: new Map(
      Object.entries(world.members ?? {}).map(([pid, service]) => [Number(pid), { kind: 'run', service }]),
    ),
    portUses: [...(world.connected ?? []).map(use(false)), ...(world.listeners ?? []).map(use(true))],
    known: new Map((world.known ?? []).map((pid) => [pid, { kind: 'name' }])),
    isNamed: ({ pid }) => world.named?.includes(pid) === true,
    isEngine: () => false,
    isProtected: ({ pid }) => world.protectedPids?.includes(pid) === true,
    otherRunOf: ({ pid }) => world.others?.[pid] ?? null,
  };
}

/** `12: port`, `13: with 12`, `14: name, caller`. */
function judge(table: readonly ProcessEntry[], world: World): readonly string[] {
  return chooseProcesses(factsOf(table, world)).map(show);
}

function show({ entry: { pid }, reason, exemption }: JudgedProcess): string {
  const of =
    reason.kind === 'with' ? ` ${reason.pid}` : reason.kind === 'port' && !reason.isListening ? ' connected' : '';
  return `${pid}: ${reason.kind}${of}${exemption === null ? '' : `, ${exemption}`}`;
}

const CASES: readonly (readonly [string, readonly ProcessEntry[], World, readonly string[]])[] = [
  ['no process without a reason is judged', [entry(10), entry(11, 10)], {}, []],
  [
    'the supervisor, members of runs, and processes that have a port are ended',
    [entry(10), entry(11), entry(12), entry(13), entry(14)],
    { supervisors: [10], members: { 11: 'web', 12: null }, listeners: [13], connected: [13, 14] },
    ['10: supervisor', '11: run', '12: run', '13: port', '14: port connected'],
  ],
  [
    'what is under a process that has a port is ended with it',
    [entry(10), entry(11, 10), entry(12, 11), entry(13)],
    { listeners: [10] },
    ['10: port', '11: with 10', '12: with 11'],
  ],
  [
    'callers are left alone whatever they have, and nothing is ended for being under them',
    [entry(1), entry(10), entry(11, 10), entry(12, 10)],
    { callers: [10], listeners: [1, 10], named: [11] },
    ['1: port, caller', '10: port, caller', '11: name'],
  ],
  [
    'an editor under a listed process lives, with what it started',
    [entry(10), entry(11, 10), entry(12, 11)],
    { listeners: [10], protectedPids: [11] },
    ['10: port', '11: with 10, protected-program'],
  ],
  [
    'a browser that has the port or the name lives',
    [entry(10), entry(11)],
    { listeners: [10], named: [11], protectedPids: [10, 11] },
    ['10: port, protected-program', '11: name, protected-program'],
  ],
  [
    'other users’ processes are named and left',
    [entry(10, 1, { userId: 0 }), entry(11, 1, { userId: 0 })],
    { listeners: [10], members: { 11: 'web' } },
    ['10: port, other-user', '11: run, other-user'],
  ],
  [
    'another checkout’s run is left unless it has a port; then all of it is ended',
    [entry(10), entry(11), entry(12), entry(13, 12)],
    {
      named: [10, 11],
      listeners: [13],
      others: { 10: { ...OTHER, run: 'a' }, 11: THEIR_SUPERVISOR, 12: OTHER, 13: OTHER },
    },
    ['10: name, other-checkout', '11: name, other-checkout', '12: with 13', '13: port'],
  ],
  [
    'another checkout’s supervisor is not ended for being under a listed process, nor is its run',
    [entry(10), entry(11, 10), entry(12, 11)],
    { named: [10], others: { 11: THEIR_SUPERVISOR, 12: OTHER } },
    ['10: name', '11: with 10, other-checkout'],
  ],
  [
    'a zombie does not count, and a child older than its parent is of another process',
    [entry(10, 1, { state: 'zombie' }), entry(20), entry(15, 20)],
    { listeners: [10, 20] },
    ['20: port'],
  ],
  [
    'a process that was chosen before stays chosen when its reason has died',
    [entry(10)],
    { known: [10] },
    ['10: name'],
  ],
];

test.each(CASES)('%s', (_, table, world, expected) => {
  expect(judge(table, world)).toEqual(expected);
});

const pids = fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 12 });
const anyTable = fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 20 }).chain((all) =>
  fc.tuple(
    ...all.map((pid) =>
      fc
        .record({
          parentPid: fc.integer({ min: 0, max: 24 }),
          userId: fc.constantFrom(ME, ME, ME, 0),
          state: fc.constantFrom('running' as const, 'running' as const, 'stopped' as const, 'zombie' as const),
        })
        .map((changes) => entry(pid, changes.parentPid, changes)),
    ),
  ),
);
const anyWorld = fc
  .record({
    callers: pids,
    supervisors: pids,
    listeners: pids,
    connected: pids,
    known: pids,
    named: pids,
    protectedPids: pids,
    foreign: pids,
  })
  .map(({ foreign, ...world }) => ({
    ...world,
    others: Object.fromEntries(foreign.map((pid) => [pid, pid % 2 === 0 ? OTHER : THEIR_SUPERVISOR])),
  }));

test('whatever matches: no caller, pid 1, other user’s process, browser or editor is ever ended, and everybody has a reason', () => {
  fc.assert(
    fc.property(anyTable, anyWorld, (table, world) => {
      const judged = chooseProcesses(factsOf(table, world));
      const ended = judged.filter(({ exemption }) => exemption === null);
      for (const {
        entry: { pid, userId, state },
        reason,
      } of ended) {
        expect(pid).toBeGreaterThan(1);
        expect(userId).toBe(ME);
        expect(state).not.toBe('zombie');
        expect(world.callers).not.toContain(pid);
        expect(world.protectedPids).not.toContain(pid);
        if (reason.kind === 'name' || (reason.kind === 'with' && world.others[pid]?.run === '')) {
          expect(world.others[pid]?.run).not.toBe('');
        }
        if (reason.kind === 'with') expect(ended.map((each) => each.entry.pid)).toContain(reason.pid);
      }
      expect(new Set(judged.map((each) => each.entry.pid)).size).toBe(judged.length);
    }),
  );
});
