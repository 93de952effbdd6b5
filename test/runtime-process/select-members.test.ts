import { expect, test } from 'vitest';
import type { ProcessEntry, ProcessMarks } from '../../src/platform/process-table.ts';
import { runTag } from '../../src/platform/run-marks.ts';
import { type Evidence, selectMembers } from '../../src/runtime/process/select-members.ts';

const TAG = runTag('1'.repeat(32));
const OTHER_TAG = runTag('2'.repeat(32));
const FIFO = '/logs/run.fifo';
const LOG = '/logs/web.log';
const ROOT = 100;
const SUBREAPER = 50;

/** pid, parent, group, session, then marks: `t` tag, `x` another run's, `i` stdin, `o` stdout, `e` stderr, `-` readable without, `?` unreadable. */
type Row = readonly [pid: number, parent: number, group: number, session: number, marks: string];

function members(rows: readonly Row[], changes: Partial<Evidence> = {}): Record<number, string> {
  const selected = selectMembers({
    table: rows.map(entryOf),
    marks: new Map(rows.flatMap((row) => (row[4] === '?' ? [] : [[row[0], marksOf(row[4])] as const]))),
    tag: TAG,
    fifo: FIFO,
    log: LOG,
    root: { pid: ROOT, identityHolds: rows.some(([pid]) => pid === ROOT) },
    untouchable: new Set([1, SUBREAPER]),
    orphans: new Set(),
    subreapers: new Set([SUBREAPER]),
    known: new Set(),
    isProtectedProgram: () => false,
    ...changes,
  });
  return Object.fromEntries(selected.map(({ entry, reason }) => [entry.pid, reason]));
}

function entryOf([pid, parentPid, groupId, sessionId]: Row): ProcessEntry {
  return { pid, parentPid, groupId, sessionId, userId: 1000, startTime: pid, state: 'running', name: `p${pid}` };
}

function marksOf(letters: string): ProcessMarks {
  return {
    environmentKeys: new Set([
      'PATH',
      ...(letters.includes('t') ? [TAG] : []),
      ...(letters.includes('x') ? [OTHER_TAG] : []),
    ]),
    stdin: letters.includes('i') ? FIFO : '/dev/null',
    stdout: letters.includes('o') ? LOG : null,
    stderr: letters.includes('e') ? LOG : null,
  };
}

test('the root, its children, its group and its session are members', () => {
  const rows: Row[] = [
    [ROOT, 1, ROOT, ROOT, 'tio'],
    [101, ROOT, 101, 101, '-'],
    [102, 1, ROOT, ROOT, '-'],
    [103, 1, 103, ROOT, '-'],
    [104, 101, 101, 101, '-'],
    [200, 1, 200, 200, '-'],
  ];
  expect(members(rows)).toEqual({ 100: 'root', 101: 'parent', 102: 'group', 103: 'session', 104: 'parent' });
});

test('a process found late brings in those that were looked at before it', () => {
  const rows: Row[] = [
    [302, 301, 302, 302, '-'],
    [301, 300, 301, 301, '-'],
    [300, 1, 300, 300, 't'],
  ];
  expect(members(rows)).toEqual({ 300: 'tag', 301: 'parent', 302: 'parent' });
});

test.each([
  ['the tag', 't', 'tag'],
  ['the FIFO as stdin', 'i', 'stdin'],
])('%s proves a member when the root is dead', (_, mark, reason) => {
  expect(members([[300, 1, 300, 300, mark]])).toEqual({ 300: reason });
});

test('the log alone proves nothing when the root is dead, except in the group that the root led', () => {
  expect(members([[300, 1, 300, 300, 'oe']])).toEqual({});
  expect(members([[300, 1, ROOT, ROOT, 'o']])).toEqual({ 300: 'output' });
});

test('the log suffices beside a living root or a tag', () => {
  expect(
    members([
      [ROOT, 1, ROOT, ROOT, 't'],
      [300, 1, 300, 300, 'e'],
    ]),
  ).toEqual({ 100: 'root', 300: 'output' });
});

test('a living root without any mark is no member, unless it cannot be read or leads a process that has one', () => {
  expect(members([[ROOT, 1, ROOT, ROOT, '-']])).toEqual({});
  expect(members([[ROOT, 1, ROOT, ROOT, '?']])).toEqual({ 100: 'root' });
  expect(
    members([
      [ROOT, 1, ROOT, ROOT, '-'],
      [101, ROOT, 101, 101, 'o'],
    ]),
  ).toEqual({ 100: 'root', 101: 'output' });
});

test('a stranger with the pid of the root is no member, nor are its children and its group', () => {
  const rows: Row[] = [
    [ROOT, 1, ROOT, ROOT, '-'],
    [101, ROOT, ROOT, ROOT, '-'],
  ];
  expect(members(rows, { root: { pid: ROOT, identityHolds: false } })).toEqual({});
});

test('zombies are no members and bring in none', () => {
  const table = [
    { ...entryOf([ROOT, 1, ROOT, ROOT, 't']), state: 'zombie' as const },
    entryOf([101, 1, 101, 101, '-']),
  ];
  expect(members([], { table, root: { pid: ROOT, identityHolds: true } })).toEqual({});
});

test('we, our ancestors and other supervisors are never members, and the run does not spread through them', () => {
  const rows: Row[] = [
    [ROOT, 1, ROOT, ROOT, 'tio'],
    [150, ROOT, ROOT, ROOT, 'tio'],
    [151, 150, 151, 151, '-'],
  ];
  expect(members(rows, { untouchable: new Set([1, 150]) })).toEqual({ 100: 'root' });
  expect(members(rows, { untouchable: new Set([1, ROOT, 150]) })).toEqual({});
});

test('a child that looks older than its parent is not its child', () => {
  const rows: Row[] = [
    [ROOT, 1, ROOT, ROOT, 't'],
    [50, ROOT, 50, 50, '-'],
  ];
  expect(members(rows)).toEqual({ 100: 'root' });
});

test('who was known stays a member without any mark', () => {
  expect(members([[300, 1, 300, 300, '-']], { known: new Set([300]) })).toEqual({ 300: 'known' });
});

test('a browser is kept with all under it, when it left the session and has no file of the run', () => {
  const isProtectedProgram = ({ pid }: ProcessEntry): boolean => pid === 400;
  const rows: Row[] = [
    [ROOT, 1, ROOT, ROOT, 'tio'],
    [400, ROOT, 400, 400, 't'],
    [401, 400, 400, 400, 't'],
    [402, 401, 402, 402, 't'],
  ];
  expect(members(rows, { isProtectedProgram })).toEqual({ 100: 'root' });
  const writing: Row[] = [
    [ROOT, 1, ROOT, ROOT, 'tio'],
    [400, ROOT, 400, 400, 'to'],
  ];
  expect(members(writing, { isProtectedProgram })).toEqual({ 100: 'root', 400: 'tag' });
  const sameSession: Row[] = [
    [ROOT, 1, ROOT, ROOT, 'tio'],
    [400, ROOT, ROOT, ROOT, 't'],
  ];
  expect(members(sameSession, { isProtectedProgram })).toEqual({ 100: 'root', 400: 'tag' });
});

test('systems without groups and sessions are followed by parents', () => {
  const rows: Row[] = [
    [ROOT, 1, 0, 0, '?'],
    [101, ROOT, 0, 0, '?'],
    [200, 1, 0, 0, '?'],
  ];
  expect(members(rows)).toEqual({ 100: 'root', 101: 'parent' });
});

test('whom the subreaper adopted is a member without any mark, and so is what is under it; the subreaper is none', () => {
  const rows: Row[] = [
    [SUBREAPER, 1, SUBREAPER, SUBREAPER, 't'],
    [300, SUBREAPER, 300, 300, '-'],
    [301, 300, 301, 301, '-'],
    [302, SUBREAPER, 302, 302, '?'],
    [200, 1, 200, 200, '-'],
  ];
  expect(members(rows)).toEqual({ 300: 'adopted', 301: 'parent', 302: 'adopted' });
  expect(members([[ROOT, SUBREAPER, ROOT, ROOT, 'ti'], ...rows])).toEqual({
    100: 'root',
    300: 'adopted',
    301: 'parent',
    302: 'adopted',
  });
});

test('a service of another run, a supervisor or a browser that the subreaper adopted is no member', () => {
  const rows: Row[] = [
    [300, SUBREAPER, 300, 300, 'x'],
    [301, SUBREAPER, 301, 301, '-'],
    [302, 301, 301, 301, '-'],
    [303, SUBREAPER, 303, 303, '-'],
    [304, 303, 303, 303, '-'],
  ];
  const untouchable = new Set([1, SUBREAPER, 301]);
  expect(members(rows, { untouchable, isProtectedProgram: ({ pid }) => pid === 303 })).toEqual({});
});

test('what the root has left is a member, with its own children', () => {
  const rows: Row[] = [
    [300, ROOT, 0, 0, '?'],
    [301, 300, 0, 0, '?'],
    [302, 1, 0, 0, '?'],
  ];
  expect(members(rows, { orphans: new Set([300]) })).toEqual({ 300: 'parent', 301: 'parent' });
});
