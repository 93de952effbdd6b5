import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure, HolderRelation, SeenWhileStarting } from '../../src/runtime/state/lifecycle.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { readStatus, writeStatus } from '../../src/runtime/state/status-file.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { sampleStatus } from './sample-state.ts';

const exit = { code: 1, signal: null };
const lastLines = ['one', 'two'];

const RELATIONS: { readonly [Kind in HolderRelation['kind']]: Extract<HolderRelation, { kind: Kind }> } = {
  'own-run': { kind: 'own-run', service: 'a' },
  'own-leftover': { kind: 'own-leftover', service: 'a' },
  'sibling-service': { kind: 'sibling-service', service: 'a' },
  'other-checkout': { kind: 'other-checkout', root: '/other', branch: null, service: 'a' },
  stranger: { kind: 'stranger', resembles: null },
  'container-engine': { kind: 'container-engine', container: null },
  client: { kind: 'client' },
  privileged: { kind: 'privileged' },
  untouchable: { kind: 'untouchable' },
};
const holders = Object.values(RELATIONS).map((relation) => ({
  pid: 1,
  command: null,
  user: 'me',
  cwd: '/',
  relation,
}));

const SEEN: { readonly [Kind in SeenWhileStarting['kind']]: Extract<SeenWhileStarting, { kind: Kind }> } = {
  'nothing-listens': { kind: 'nothing-listens' },
  'no-answer': { kind: 'no-answer', address: '::1' },
  status: { kind: 'status', url: 'http://x', status: 404 },
  error: { kind: 'error', message: 'm' },
};

type FieldsOf<Reason extends Failure['reason']> = Omit<Extract<Failure, { reason: Reason }>, 'reason'>;

const FIELDS: { readonly [Reason in Failure['reason']]: readonly FieldsOf<Reason>[] } = {
  'command-not-found': [{ command: 'x', path: '/bin', remedy: null }],
  'spawn-failed': [{ code: 'EACCES', message: 'no' }],
  'cwd-missing': [{ cwd: 'x' }],
  'before-failed': [{ command: 'x', exit, lastLines }],
  'before-timeout': [{ command: 'x', timeoutMs: 1, lastLines }],
  'wait-for-timeout': [{ resource: 'tcp:1', timeoutMs: 5 }],
  'dependency-failed': [{ dependency: 'db' }],
  exited: [
    { exit, afterMs: 5, wasReady: false, lastLines, remedy: null },
    { exit, afterMs: -5, wasReady: true, lastLines: [], remedy: null },
  ],
  'ended-unseen': [{}],
  'start-timeout': Object.values(SEEN).map((seen) => ({ timeoutMs: 5, seen, lastLines, remedy: null })),
  'port-conflict': [{ port: 8000, policy: 'ask', holders, tried: [8001] }],
  'port-invalid': [{ expression: '$X', value: 'x', source: '.env' }],
  'port-stolen': [{ port: 8000, holders }],
  'not-listening': [{ port: 8000, lastLines, remedy: { kind: 'mend', error: 'x', place: 'a.js:1' } }],
  'crash-loop': [{ crashes: 5, windowMs: 60_000, exit, lastLines }],
  unhealthy: Object.values(SEEN).map((seen) => ({ failures: 3, seen })),
  'stop-incomplete': [{ left: [{ pid: 7, command: 'sleep' }], port: null }],
  'state-unwritable': [{ path: '/x', code: 'EROFS' }],
  'record-unreadable': [{ path: '/x', because: 'denied', owner: 'root' }],
  'environment-invalid': [{ variable: 'KEY', message: 'set it' }],
  'starts-itself': [{ command: './dev' }],
  'address-invalid': [{ key: 'waitFor', written: 'tcp:$DB' }],
  blocked: [{ by: 'db' }],
  'memory-exceeded': [{ bytes: 2, limitBytes: 1 }],
  'too-slow': [{ responseMs: 2000.5, times: 3 }],
  'compose-missing': [{}],
  'engine-down': [{ engine: 'podman', message: '' }],
  'compose-failed': [{ command: 'x', exit, lastLines }],
  'compose-file-unreadable': [{ path: '/x', because: 'no-file' }],
  cancelled: [{}],
};
const FAILURES = Object.entries(FIELDS).flatMap(([reason, each]) =>
  each.map((fields) => ({ reason, ...fields }) as Failure),
);

describe('the status file', () => {
  test('gives back exactly what was written, and is for this user alone', () => {
    const root = temporaryFolder();
    const status = sampleStatus();
    expect(writeStatus(root, status)).toEqual({ ok: true, value: null });
    expect(readStatus(root, 'backend')).toEqual({ ok: true, value: status });
    expect(statSync(pathsOf(root).status('backend')).mode & 0o777).toBe(0o600);
  });

  test.each(FAILURES)('keeps the failure $reason', (failure) => {
    const root = temporaryFolder();
    const status = sampleStatus({ state: 'failed', pid: null, identity: null, failure });
    writeStatus(root, status);
    expect(readStatus(root, 'backend')).toEqual({ ok: true, value: status });
  });

  test('is missing, which is not unreadable, before the service ever ran', () => {
    expect(readStatus(temporaryFolder(), 'backend')).toEqual({ ok: false, error: 'absent' });
  });

  test('leaves no temporary file behind', () => {
    const root = temporaryFolder();
    for (let restarts = 0; restarts < 5; restarts++) writeStatus(root, sampleStatus({ restarts }));
    expect(readdirSync(pathsOf(root).statuses)).toEqual(['backend.json']);
  });

  test('that cannot be written is a value that names the file and the cause', () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'logs'), 'a file where the folder should be');
    const path = pathsOf(root).status('backend');
    expect(writeStatus(root, sampleStatus())).toEqual({
      ok: false,
      error: { reason: 'state-unwritable', path, code: expect.stringMatching(/^(EEXIST|ENOTDIR)$/) },
    });
  });

  test('that this user may not read, or that is a folder or a dangling link, is a value', () => {
    const root = temporaryFolder();
    mkdirSync(pathsOf(root).status('folder'), { recursive: true });
    expect(readStatus(root, 'folder')).toEqual({ ok: false, error: 'damaged' });
    symlinkSync('nowhere', pathsOf(root).status('link'));
    expect(readStatus(root, 'link')).toEqual({ ok: false, error: 'absent' });
    writeStatus(root, sampleStatus());
    chmodSync(pathsOf(root).status('backend'), 0);
    if (process.geteuid?.() !== 0) expect(readStatus(root, 'backend')).toEqual({ ok: false, error: 'denied' });
  });
});

describe('a status file that was changed from outside', () => {
  const good = JSON.stringify(sampleStatus());

  test.each([
    ['emptied', ''],
    ['cut off', good.slice(0, good.length / 2)],
    ['of a later version', JSON.stringify({ ...sampleStatus(), schemaVersion: 2 })],
    ['of another service', JSON.stringify(sampleStatus({ service: 'frontend' }))],
    ['a list', '[]'],
    ['null', 'null'],
    ['with an unknown state', JSON.stringify({ ...sampleStatus(), state: 'running' })],
    ['with a state that objects inherit', JSON.stringify({ ...sampleStatus(), failure: { reason: 'constructor' } })],
    ['with a port out of range', JSON.stringify(sampleStatus({ port: 70_000 }))],
    ['with a fraction of a port', JSON.stringify(sampleStatus({ port: 8000.5 }))],
    ['with a time in words', JSON.stringify(sampleStatus({ startedAt: 'yesterday' }))],
    ['with a run id that leaves the folder', JSON.stringify(sampleStatus({ run: '../../../etc/passwd' }))],
    ['without a field', JSON.stringify({ ...sampleStatus(), health: undefined })],
    ['with pid 1, which would mean everything', swapPid(1)],
    ['with pid 0, which would mean ourselves', swapPid(0)],
    ['with a negative pid, which would mean a group', swapPid(-5)],
    ['whose pid is another process than its identity', JSON.stringify(sampleStatus({ pid: 99_999 }))],
  ])('is unreadable when it is %s', (_, text) => {
    const root = temporaryFolder();
    overwrite(root, text);
    expect(readStatus(root, 'backend')).toEqual({ ok: false, error: 'damaged' });
  });

  test('is still read when it only gained fields', () => {
    const root = temporaryFolder();
    overwrite(root, JSON.stringify({ ...sampleStatus(), note: 'mine' }));
    expect(readStatus(root, 'backend')).toEqual({ ok: true, value: sampleStatus() });
  });

  test('never crashes the reader, whatever JSON it holds and wherever it is cut', () => {
    const root = temporaryFolder();
    const keys = Object.keys(sampleStatus());
    const damage = fc.oneof(
      fc.json(),
      fc.string(),
      fc.nat(good.length).map((length) => good.slice(0, length)),
      fc
        .tuple(fc.constantFrom(...keys), fc.jsonValue())
        .map(([key, value]) => JSON.stringify({ ...sampleStatus(), [key]: value })),
    );
    fc.assert(
      fc.property(damage, (text) => {
        overwrite(root, text);
        const status = readStatus(root, 'backend');
        if (!status.ok) expect(status.error).toBe('damaged');
        else expect(Object.keys(status.value).sort()).toEqual([...keys].sort());
      }),
      { numRuns: 500 },
    );
  });
});

function swapPid(pid: number): string {
  const status = sampleStatus();
  return JSON.stringify({ ...status, pid, identity: { ...status.identity, pid } });
}

function overwrite(root: string, text: string): void {
  const path = pathsOf(root).status('backend');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
