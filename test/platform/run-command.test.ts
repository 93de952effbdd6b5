import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type CommandRequest, runCommand } from '../../src/platform/run-command.ts';
import { isLiving, killQuietly, parentOf } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { temporaryFolder } from './spawn-program.ts';

function shell(text: string, changes: Partial<CommandRequest> = {}): CommandRequest {
  const environment = { PATH: '/usr/bin:/bin' };
  return { command: { kind: 'shell', text }, cwd: temporaryFolder(), environment, output: 'capture', ...changes };
}

test('both streams and the exit code of a command come back', async () => {
  const outcome = await runCommand(shell('echo out; echo err >&2; exit 3'));
  expect(outcome).toEqual({ code: 3, signal: null, ended: 'by-itself', output: expect.any(String) });
  expect(outcome.output.split('\n').sort()).toEqual(['', 'err', 'out']);
});

test('only the end of a flood is kept', async () => {
  const { output } = await runCommand(shell('seq 100000'));
  expect(output.length).toBe(64 * 1024);
  expect(output.endsWith('99999\n100000\n')).toBe(true);
});

test('a program that never ends a line has it handed on in pieces', async () => {
  const lengths: number[] = [];
  const onLine = (line: string): void => void lengths.push(line.length);
  await runCommand(shell("head -c 3000000 /dev/zero | tr '\\0' x", { output: 'lines', onLine }));
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(3_000_000);
  expect(Math.max(...lengths)).toBeLessThan(500_000);
});

test('output can go to a log instead', async () => {
  const log = join(temporaryFolder(), 'before.log');
  expect(await runCommand(shell('echo hello', { output: 'log', log }))).toMatchObject({ code: 0, output: '' });
  expect(readFileSync(log, 'utf8')).toBe('hello\n');
});

test('a missing program is 127, with its reason', async () => {
  const request = shell('', { command: { kind: 'direct', file: 'no-such-program', args: [] } });
  expect(await runCommand(request)).toEqual({
    code: 127,
    signal: null,
    ended: 'not-started',
    output: 'spawn no-such-program ENOENT',
  });
});

test.each(['timed-out', 'aborted'] as const)('a command that is %s ends with its children', async (ended) => {
  const folder = temporaryFolder();
  const controller = new AbortController();
  const limit = ended === 'aborted' ? { signal: controller.signal } : { timeoutMs: 200 };
  const running = runCommand(shell('setsid sleep 600 & echo $! >child; sleep 600', { cwd: folder, ...limit }));
  const child = Number(await waitUntil(() => readFileSync(join(folder, 'child'), 'utf8').trim()));
  controller.abort();
  expect(await running).toMatchObject({ ended, code: null, signal: 'SIGTERM' });
  await waitUntil(() => !isLiving(child));
});

test('a child that ignores SIGTERM does not outlive a command that was aborted', async () => {
  const folder = temporaryFolder();
  const controller = new AbortController();
  const stubborn = `sh -c 'trap "" TERM; echo $$ >child; while :; do sleep 1; done'`;
  const running = runCommand(shell(`${stubborn} | cat`, { cwd: folder, signal: controller.signal }));
  const child = Number(await waitUntil(() => readFileSync(join(folder, 'child'), 'utf8').trim()));
  onTestFinished(() => killQuietly(child));
  controller.abort();
  expect(await running).toMatchObject({ ended: 'aborted', signal: 'SIGTERM' });
  expect(isLiving(child)).toBe(false);
});

test('a child that is born while its command ends is ended, too', async () => {
  const folder = temporaryFolder();
  const onTerm = `trap 'sh -c "trap : TERM; echo \\$\\$ >child; while :; do sleep 1; done" & exit' TERM`;
  const running = runCommand(
    shell(`${onTerm}; echo >ready; while :; do sleep 0.1; done`, { cwd: folder, timeoutMs: 300 }),
  );
  expect(await running).toMatchObject({ ended: 'timed-out' });
  const child = Number(readFileSync(join(folder, 'child'), 'utf8').trim());
  onTestFinished(() => killQuietly(child));
  expect(isLiving(child)).toBe(false);
});

test('a command that was aborted before it began still ends', async () => {
  const outcome = await runCommand(shell('sleep 600', { signal: AbortSignal.abort() }));
  expect(outcome).toMatchObject({ ended: 'aborted', signal: 'SIGTERM' });
});

test('a child that keeps the output open does not hold the command up', async () => {
  const outcome = await runCommand(shell('sleep 600 & echo $!'));
  const child = Number(outcome.output);
  onTestFinished(() => killQuietly(child));
  expect(outcome.code).toBe(0);
  expect(isLiving(child)).toBe(true);
});

describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/perl'))('under a subreaper (needs perl)', () => {
  const subreaper = { tag: 'DEVGEN_RUN_0123', title: 'task test' };

  test('a command has the same environment, files, signals and session as without', async () => {
    const script =
      'env -0 | sort -z; ls -l /proc/self/fd | wc -l; grep -E "^(Sig(Blk|Ign)|Umask)" /proc/self/status; pwd -P; cat; ' +
      'set -- $(cat /proc/$$/stat); [ "$1" = "$5" ] && echo leads; echo err >&2; exit 7';
    const cwd = temporaryFolder();
    const said = (changes: Partial<CommandRequest>) => runCommand(shell(script, { cwd, ...changes }));
    expect(await said({ subreaper })).toEqual(await said({}));
  });

  test('its end, be it by a signal, and a program that is missing, are told as without', async () => {
    const ended = (text: string, changes: Partial<CommandRequest> = {}) => runCommand(shell(text, changes));
    expect(await ended('kill -KILL $$', { subreaper })).toEqual(await ended('kill -KILL $$'));
    const missing = { command: { kind: 'direct', file: 'no-such-program', args: [] }, cwd: '/' } as const;
    expect(await ended('', { ...missing, subreaper })).toEqual(await ended('', missing));
  });

  test('what it orphans stays below the subreaper, which ends with it; lines are not waited for', async () => {
    const cwd = temporaryFolder();
    const lines: string[] = [];
    const orphan = `(setsid env -i sh -c 'echo $$ >pid; exec sleep 60' &) ; until [ -s pid ]; do sleep 0.02; done; echo done`;
    const onLine = (line: string): void => void lines.push(line);
    const outcome = await runCommand(shell(orphan, { cwd, output: 'lines', onLine, subreaper }));
    const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
    onTestFinished(() => killQuietly(pid));
    expect([outcome.ended, outcome.code, lines]).toEqual(['by-itself', 0, ['done']]);
    const parent = parentOf(pid);
    expect(readFileSync(`/proc/${parent}/cmdline`, 'utf8')).toBe('devgen-subreaper\0/dev/fd/3\0task test\0');
    killQuietly(pid);
    await waitUntil(() => !isLiving(parent));
  });
});
