import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { ownIdentity } from '../../src/platform/process-identity.ts';
import { showsMarks } from '../../src/platform/process-table.ts';
import { runTag } from '../../src/platform/run-marks.ts';
import { userRuntimeDirectory } from '../../src/platform/runtime-directory.ts';
import {
  type Reservation,
  registeredPorts,
  release,
  reserve,
  reservedPorts,
  tidyClaims,
  withPortsLocked,
} from '../../src/runtime/ports/reservations.ts';
import { newRunId } from '../../src/runtime/process/new-run-id.ts';
import { reservePort } from '../rig/ports.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const RUN = '00000000000000000000000000000001';
const OTHER_RUN = '00000000000000000000000000000002';

beforeEach(() => {
  vi.stubEnv('XDG_RUNTIME_DIR', temporaryFolder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function owner(changes: Partial<Reservation> = {}): Reservation {
  return {
    root: '/checkout',
    service: 'backend',
    run: RUN,
    supervisor: ownIdentity(),
    branch: 'main',
    repository: null,
    ...changes,
  };
}

test('a port is reserved until the run that has it releases it', () => {
  expect(reservedPorts()).toEqual([]);
  expect(reserve(8000, owner())).toBe(true);
  expect(reservedPorts()).toEqual([{ port: 8000, ...owner() }]);
  release(8000, owner({ run: OTHER_RUN }));
  release(8000, owner({ root: '/other' }));
  expect(reservedPorts()).toEqual([{ port: 8000, ...owner() }]);
  release(8000, owner());
  expect(reservedPorts()).toEqual([]);
  release(8000, owner());
});

test('the claim of another checkout is never overwritten, the own one is replaced', () => {
  reserve(8000, owner({ run: null }));
  expect(reserve(8000, owner({ root: '/other', run: OTHER_RUN }))).toBe(false);
  expect(reservedPorts()).toEqual([{ port: 8000, ...owner({ run: null }) }]);
  expect(reserve(8000, owner())).toBe(true);
  expect(reservedPorts()).toEqual([{ port: 8000, ...owner() }]);
});

test('the claim of a dead supervisor does not count, but tells whose run it was', () => {
  const dead = owner({ supervisor: { ...ownIdentity(), startTime: 1 } });
  reserve(8000, dead);
  expect(reservedPorts()).toEqual([]);
  expect(registeredPorts()).toEqual([{ port: 8000, ...dead }]);
  expect(reserve(8000, owner({ root: '/other', run: OTHER_RUN }))).toBe(true);
  expect(reservedPorts()).toMatchObject([{ root: '/other', run: OTHER_RUN }]);
});

test.skipIf(!showsMarks)('what dead supervisors have left goes, unless a process of the run lives', async () => {
  const port = await reservePort();
  const dead = { supervisor: { ...ownIdentity(), startTime: 1 } };
  const [gone, living] = [newRunId(), newRunId()];
  const child = spawn('sleep', ['60'], { env: { [runTag(living)]: '1' }, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  reserve(port, owner({ ...dead, run: gone }));
  reserve(port + 1, owner({ ...dead, run: null }));
  reserve(port + 2, owner({ ...dead, run: living }));
  reserve(port + 3, owner());
  await tidyClaims();
  expect(registeredPorts().map((each) => each.port)).toEqual([port + 2, port + 3]);
});

test('a broken or foreign file in the registry is no claim and no obstacle', () => {
  const folder = join(userRuntimeDirectory(), 'ports');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '8000.json'), '{"schemaVersion":1,');
  writeFileSync(join(folder, 'notes.txt'), 'hello');
  mkdirSync(join(folder, '8001.json'));
  expect(registeredPorts()).toEqual([]);
  reserve(8000, owner());
  expect(reservedPorts()).toEqual([{ port: 8000, ...owner() }]);
});

test('only one at a time chooses ports, and a failure gives the turn to the next', async () => {
  let inside = 0;
  let turns = 0;
  const turn = async (): Promise<number> => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
    return ++turns;
  };
  const failing = withPortsLocked(async () => {
    await turn();
    throw new Error('no');
  });
  const results = await Promise.allSettled([failing, ...Array.from({ length: 8 }, () => withPortsLocked(turn))]);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(turns).toBe(9);
});
