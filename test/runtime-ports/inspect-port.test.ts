import { once } from 'node:events';
import { copyFileSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { identityOf, ownIdentity } from '../../src/platform/process-identity.ts';
import { inspectPort } from '../../src/runtime/ports/inspect-port.ts';
import { reserve } from '../../src/runtime/ports/reservations.ts';
import { reservePort } from '../rig/ports.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { BOUND, context, LISTENING, SHARED, startHolder } from './holder-program.ts';

const RUN = 'fedcba9876543210fedcba9876543210';

beforeEach(() => {
  vi.stubEnv('XDG_RUNTIME_DIR', temporaryFolder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('inspecting a port', () => {
  test('calls it free when no process has it', async () => {
    expect(await inspectPort(await reservePort(), context())).toEqual({ kind: 'free' });
  });

  test.each(['127.0.0.1', '0.0.0.0', '::1', '::'])('names the stranger that listens on %s', async (host) => {
    const port = await reservePort();
    const { pid } = await startHolder(port, { host });
    expect(await inspectPort(port, context())).toEqual({
      kind: 'held',
      holders: [
        {
          pid,
          command: expect.stringContaining(` ${host} ${port}`),
          user: userInfo().username,
          cwd: tmpdir(),
          relation: { kind: 'stranger', resembles: null },
        },
      ],
    });
  });

  test('names every process that shares the listening socket', async () => {
    const port = await reservePort();
    const { pid, line } = await startHolder(port, { code: SHARED, interpreter: 'python3' });
    const state = await inspectPort(port, context());
    const pids = state.kind === 'held' ? state.holders.map((holder) => holder.pid) : [];
    expect(pids.toSorted()).toEqual([pid, Number(line)].toSorted());
  });

  test('calls it held, by a process that cannot be named, when it is bound and has no listener', async () => {
    const port = await reservePort();
    await startHolder(port, { code: BOUND, interpreter: 'python3' });
    expect(await inspectPort(port, context())).toEqual({
      kind: 'held',
      holders: [{ pid: null, command: null, user: null, cwd: null, relation: { kind: 'untouchable' } }],
    });
  });

  test('is not misled by another program that only tries whether the port is free', async () => {
    const port = await reservePort();
    const other = createServer().listen(port);
    await once(other, 'listening');
    const state = inspectPort(port, context());
    other.close();
    const found = await state;
    if (found.kind === 'held') expect(found.holders.map(({ pid }) => pid)).toEqual([process.pid]);
    else expect(found.kind).toBe('free');
  });

  test('never takes ourselves, or those whom we descend from, for strangers that could be ended', async () => {
    const port = await reservePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const state = await inspectPort(port, context());
    expect(state).toMatchObject({ holders: [{ pid: process.pid, relation: { kind: 'untouchable' } }] });
  });
});

describe('the relation of a holder', () => {
  test.each([
    ['own-run', { ownMembers: 'backend' }],
    ['sibling-service', { ownMembers: 'frontend' }],
    ['own-leftover', { leftovers: 'backend' }],
  ] as const)('is %s when the checkout knows the process as such', async (kind, known) => {
    const port = await reservePort();
    const { pid } = await startHolder(port);
    const [[key, service]] = Object.entries(known) as [[string, string]];
    const state = await inspectPort(port, context({ [key]: new Map([[pid, service]]) }));
    expect(state).toMatchObject({ holders: [{ pid, relation: { kind, service } }] });
  });

  test('is the other checkout that registered the run whose tag it carries, even when that supervisor is dead', async () => {
    const port = await reservePort();
    const registered = await reservePort();
    const supervisor = { ...ownIdentity(), startTime: 1 };
    reserve(registered, { root: '/other', service: 'web', run: RUN, supervisor, branch: 'feature', repository: null });
    await startHolder(port, { environment: { [`DEVGEN_RUN_${RUN}`]: '1' } });
    expect(await inspectPort(port, context())).toMatchObject({
      holders: [{ relation: { kind: 'other-checkout', root: '/other', branch: 'feature', service: 'web' } }],
    });
    expect(await inspectPort(port, context({ root: '/other' }))).toMatchObject({
      holders: [{ relation: { kind: 'own-leftover', service: 'web' } }],
    });
  });

  test('is untouchable when it is an editor, which may forward ports', async () => {
    const port = await reservePort();
    const editor = join(temporaryFolder(), 'code');
    copyFileSync(realpathSync('/usr/bin/python3'), editor);
    const { pid } = await startHolder(port, { code: LISTENING, interpreter: editor });
    expect(await inspectPort(port, context())).toMatchObject({ holders: [{ pid, relation: { kind: 'untouchable' } }] });
  });

  test('is stranger when the tag is of a run that was never registered', async () => {
    const port = await reservePort();
    await startHolder(port, { environment: { [`DEVGEN_RUN_${RUN}`]: '1' } });
    expect(await inspectPort(port, context())).toMatchObject({ holders: [{ relation: { kind: 'stranger' } }] });
  });

  test('is stranger, not other checkout, when it only listens on a port that a checkout reserved', async () => {
    const port = await reservePort();
    const { pid } = await startHolder(port);
    const supervisor = identityOf(pid) ?? ownIdentity();
    reserve(port, { root: '/other', service: 'web', run: RUN, supervisor, branch: null, repository: null });
    expect(await inspectPort(port, context())).toMatchObject({ holders: [{ relation: { kind: 'stranger' } }] });
  });
});
