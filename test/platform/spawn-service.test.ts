import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFifo } from '../../src/platform/fifo.ts';
import { isAlive } from '../../src/platform/process-identity.ts';
import { findProcess, readProcessMarks } from '../../src/platform/process-table.ts';
import { type SpawnRequest, spawnService } from '../../src/platform/spawn-service.ts';
import { spawnSupervisor } from '../../src/platform/spawn-supervisor.ts';
import { killQuietly } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { temporaryFolder } from './spawn-program.ts';

async function requestFor(
  file: string,
  args: readonly string[],
  changes: Partial<SpawnRequest> = {},
): Promise<SpawnRequest> {
  const cwd = temporaryFolder();
  const fifo = join(cwd, 'run.fifo');
  await createFifo(fifo);
  const environment = { PATH: '/usr/bin:/bin', MARK: '1' };
  const command = { kind: 'direct', file, args } as const;
  return { command, cwd, environment, fifo, log: join(cwd, 'out.log'), ...changes };
}

test('a service has its own session and group, our files and exactly the environment it was given', async () => {
  const request = await requestFor('sleep', ['600']);
  const outcome = await spawnService(request);
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { identity, exited } = outcome.value;
  onTestFinished(() => killQuietly(identity.pid));
  expect(isAlive(identity)).toBe(true);
  expect(findProcess(identity.pid)).toMatchObject({ groupId: identity.pid, sessionId: identity.pid });
  expect(readProcessMarks(identity.pid)).toEqual({
    environmentKeys: new Set(['PATH', 'MARK']),
    stdin: request.fifo,
    stdout: request.log,
    stderr: request.log,
  });
  process.kill(identity.pid, 'SIGTERM');
  expect(await exited).toEqual({ code: null, signal: 'SIGTERM' });
});

test('even a service that ends at once has an identity and an exit code', async () => {
  const outcome = await spawnService(await requestFor('', [], { command: { kind: 'shell', text: 'exit 4' } }));
  if (!outcome.ok) throw new Error(outcome.error.message);
  expect(outcome.value.identity.startTime).toBeGreaterThan(0);
  expect(await outcome.value.exited).toEqual({ code: 4, signal: null });
});

test.each([
  ['a missing program', 'no-such-program', 'program', 'ENOENT'],
  ['a program that is a folder', '/tmp', 'program', 'EACCES'],
])('%s is a value, and no process of our own group is hurt', async (_, file, stage, code) => {
  const outcome = await spawnService(await requestFor(file, []));
  expect(outcome).toEqual({ ok: false, error: { stage, code, message: expect.stringContaining(code) } });
});

test('a log that cannot be opened is a value', async () => {
  const outcome = await spawnService(await requestFor('true', [], { log: '/no/such/folder/out.log' }));
  expect(outcome).toMatchObject({ ok: false, error: { stage: 'files', code: 'ENOENT' } });
});

test('output is appended, never truncated', async () => {
  const request = await requestFor('echo', ['two']);
  writeFileSync(request.log, 'one\n');
  const outcome = await spawnService(request);
  if (outcome.ok) await outcome.value.exited;
  expect(readFileSync(request.log, 'utf8')).toBe('one\ntwo\n');
});

async function startSupervisor(program: string) {
  const root = temporaryFolder();
  const entry = join(root, 'supervisor.mjs');
  writeFileSync(entry, program);
  const logFile = join(root, 'logs', 'devgen.log');
  const start = await spawnSupervisor({ entry, root, logFile, environment: { PATH: '/usr/bin' } });
  return { start, root, logFile };
}

test('a supervisor that says `ready` lives on in a session of its own', async () => {
  const program = `import { writeFileSync, writeSync } from 'node:fs';
writeFileSync('pid', String(process.pid)); writeSync(1, 'ready\\n'); setInterval(() => 0, 1000);`;
  const { start, root } = await startSupervisor(program);
  const pid = Number(await waitUntil(() => readFileSync(join(root, 'pid'), 'utf8')));
  onTestFinished(() => killQuietly(pid));
  expect(start).toBe('ready');
  expect(findProcess(pid)).toMatchObject({ sessionId: pid });
  expect(readProcessMarks(pid)?.environmentKeys.has('DEVGEN_SUPERVISOR')).toBe(true);
});

test('a supervisor that finds the lock taken says so', async () => {
  expect((await startSupervisor(`process.stdout.write('lock-held\\n')`)).start).toBe('lock-held');
});

test('a supervisor that fails is told by how it ended, and its words are in the log', async () => {
  const { start, logFile } = await startSupervisor(`console.error('cannot'); process.exit(3)`);
  expect(start).toEqual({ failed: 'ended with exit code 3' });
  expect(readFileSync(logFile, 'utf8')).toBe('cannot\n');
});
