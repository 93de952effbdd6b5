import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { launchRun } from '../../src/runtime/process/launch-run.ts';
import { newRunId } from '../../src/runtime/process/new-run-id.ts';
import { staysPending } from '../rig/holds-for.ts';
import { startRun } from './start-run.ts';

function recordOf(command: string, cwd?: string, nice = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-launch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const id = newRunId();
  const record = {
    id,
    root: null,
    fifo: join(folder, 'runs', `${id}.fifo`),
    log: join(folder, 'web.log'),
    cwd: cwd ?? folder,
    plan: { command, nice },
  };
  return { record, environment: { exported: { PATH: '/usr/bin:/bin', GREETING: 'hello' }, named: {} } };
}

test('a missing program is a failure with the PATH that was searched', async () => {
  expect(await launchRun(recordOf('no-such-program --port 1'))).toEqual({
    ok: false,
    error: { reason: 'command-not-found', command: 'no-such-program', path: '/usr/bin:/bin', remedy: null },
  });
});

test('a program that may not be executed is a failure with the code of the system', async () => {
  expect(await launchRun(recordOf('/etc/passwd'))).toEqual({
    ok: false,
    error: { reason: 'spawn-failed', code: 'EACCES', message: 'spawn /etc/passwd EACCES' },
  });
});

test.skipIf(process.platform === 'win32')('a run that is to give way does so with all that it starts', async () => {
  for (const command of ['nice', 'nice; sh -c nice']) {
    const request = recordOf(command, undefined, 7);
    const outcome = await launchRun(request);
    expect(outcome.ok && (await outcome.value.exited)).toEqual({ code: 0, signal: null });
    expect(new Set(readFileSync(request.record.log, 'utf8').trim().split('\n'))).toEqual(
      new Set([String(Math.min(19, getPriority() + 7))]),
    );
  }
  expect(await launchRun(recordOf('no-such-program --port 1', undefined, 7))).toMatchObject({
    error: { reason: 'command-not-found', command: 'no-such-program' },
  });
});

test('a missing working directory is told apart from a missing program', async () => {
  expect(await launchRun(recordOf('true', '/no/such/folder'))).toEqual({
    ok: false,
    error: { reason: 'cwd-missing', cwd: '/no/such/folder' },
  });
});

test('a command missing inside a shell line is the exit code 127 of the shell, explained in the log', async () => {
  const request = recordOf('no-such-program && true');
  const outcome = await launchRun(request);
  expect(outcome.ok && (await outcome.value.exited)).toEqual({ code: 127, signal: null });
  expect(readFileSync(request.record.log, 'utf8')).toContain('not found');
});

test('output and errors go to the log, which only this user can read, and the exit code is told', async () => {
  const request = recordOf('echo $GREETING; echo wrong >&2; exit 3');
  const outcome = await launchRun(request);
  expect(outcome.ok && (await outcome.value.exited)).toEqual({ code: 3, signal: null });
  expect(readFileSync(request.record.log, 'utf8')).toBe('hello\nwrong\n');
  expect(statSync(request.record.log).mode & 0o777).toBe(0o600);
});

test('a service that reads its stdin never comes to its end', async () => {
  const run = await startRun('cat; echo end of input');
  await run.said('');
  await staysPending(run.exited, 200);
});
