import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFifo } from '../../src/platform/fifo.ts';
import { findProcess, readProcessMarks, readProcessTable } from '../../src/platform/process-table.ts';
import { type SpawnRequest, spawnService } from '../../src/platform/spawn-service.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { temporaryFolder } from './spawn-program.ts';

const TAG = `DEVGEN_RUN_${'0123'.repeat(8)}`;

async function requestFor(command: string, changes: Partial<SpawnRequest> = {}): Promise<SpawnRequest> {
  const cwd = temporaryFolder();
  const fifo = join(cwd, 'run.fifo');
  await createFifo(fifo);
  const environment = {
    PATH: '/usr/bin:/bin',
    EMPTY: '',
    LINES: 'one\ntwo=ü',
    PERL5OPT: '-Mnonsense',
    LC_ALL: 'nowhere',
  };
  return { command: { kind: 'shell', text: command }, cwd, environment, fifo, log: join(cwd, 'out.log'), ...changes };
}

function direct(file: string, ...args: readonly string[]): SpawnRequest['command'] {
  return { kind: 'direct', file, args };
}

async function launch(request: SpawnRequest, how: 'with' | 'without' = 'with') {
  const outcome = await spawnService(request, how === 'with' ? { tag: TAG, title: request.cwd } : undefined);
  if (!outcome.ok) throw new Error(outcome.error.message);
  const { pid } = outcome.value.identity;
  onTestFinished(() => killQuietly(pid));
  return outcome.value;
}

const subreapersFor = (folder: string): readonly number[] =>
  readProcessTable()
    .map(({ pid }) => pid)
    .filter((pid) => readText(`/proc/${pid}/cmdline`).startsWith(`devgen-subreaper\0/dev/fd/3\0${folder}`));

/** Of this very process. */
const launchers = (): readonly number[] =>
  readProcessTable()
    .filter(({ parentPid, state }) => parentPid === process.pid && state !== 'zombie')
    .map(({ pid }) => pid)
    .filter((pid) => readText(`/proc/${pid}/cmdline`).startsWith('devgen-launchers\0'));

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/perl'))('under a subreaper (needs perl)', () => {
  test('a service has the same environment, files, signals, umask and session as without', async () => {
    const script =
      'env -0 | sort -z; ls -l /proc/self/fd | wc -l; grep -E "^(Sig(Blk|Ign)|Umask)" /proc/self/status; pwd -P; id';
    const said = async (how: 'with' | 'without'): Promise<string> => {
      const request = await requestFor(script);
      await (await launch(request, how)).exited;
      return readFileSync(request.log, 'utf8').replaceAll(request.cwd, 'CWD');
    };
    const expected = await said('without');
    expect(expected).toContain('LINES=one\ntwo=ü\0');
    expect(await said('with')).toBe(expected);
  });

  test('a service leads a session of its own, and its parent has none of its marks', async () => {
    const request = await requestFor('', { command: direct('sleep', '600') });
    const { identity, exited } = await launch(request);
    const { parentPid = 0 } = findProcess(identity.pid) ?? {};
    expect(parentPid).not.toBe(process.pid);
    expect(findProcess(identity.pid)).toMatchObject({ ...identityOnly(identity), sessionId: identity.pid });
    expect(readProcessMarks(identity.pid)).toMatchObject({ stdin: request.fifo, stdout: request.log });
    const marks = { environmentKeys: new Set([TAG, 'DEVGEN_SUBREAPER']), stdin: '/dev/null' };
    await waitUntil(() => readProcessMarks(parentPid)?.stdin === '/dev/null');
    expect(readProcessMarks(parentPid)).toMatchObject(marks);
    process.kill(identity.pid, 'SIGTERM');
    expect(await exited).toEqual({ code: null, signal: 'SIGTERM' });
    await waitUntil(() => !isLiving(parentPid));
  });

  test.each([
    ['exit 0', { code: 0, signal: null }],
    ['exit 137', { code: 137, signal: null }],
    ['kill -KILL $$', { code: null, signal: 'SIGKILL' }],
    ['ulimit -c 0; kill -SEGV $$', { code: null, signal: 'SIGSEGV' }],
  ])('`%s` is told as without', async (command, end) => {
    const { identity, exited } = await launch(await requestFor(command));
    expect(identity.startTime).toBeGreaterThan(0);
    expect(await exited).toEqual(end);
    expect(await (await launch(await requestFor(command), 'without')).exited).toEqual(end);
  });

  test('the end is told at once though an orphan lives on, and the orphan keeps its subreaper', async () => {
    const request = await requestFor(`(env -i setsid sleep 600 < /dev/null > /dev/null 2>&1 & echo $!); exit 3`);
    const { exited } = await launch(request);
    expect(await exited).toEqual({ code: 3, signal: null });
    const orphan = Number(readFileSync(request.log, 'utf8'));
    onTestFinished(() => killQuietly(orphan));
    expect(subreapersFor(request.cwd)).toEqual([findProcess(orphan)?.parentPid]);
    killQuietly(orphan);
    await waitUntil(() => subreapersFor(request.cwd).length === 0);
  });

  test.each([
    ['a missing program', { command: direct('no-such-program') }, { stage: 'program', code: 'ENOENT' }],
    ['a log that cannot be opened', { log: '/no/such/folder/out.log' }, { stage: 'files', code: 'ENOENT' }],
  ])('%s is the same value as without, and no subreaper is left', async (_, changes, error) => {
    const request = await requestFor('', { command: direct('true'), ...changes });
    const outcome = await spawnService(request, { tag: TAG, title: request.cwd });
    expect(outcome).toMatchObject({ ok: false, error });
    // What was to become the program ends a moment after it has said that it cannot.
    await waitUntil(() => subreapersFor(request.cwd).length === 0);
  });

  test('a subreaper that is killed leaves its service alive, whose end is then told without a code', async () => {
    const request = await requestFor('', { command: direct('sleep', '600') });
    const { identity, exited } = await launch(request);
    for (const pid of subreapersFor(request.cwd)) killQuietly(pid);
    await waitUntil(() => subreapersFor(request.cwd).length === 0);
    expect(isLiving(identity.pid)).toBe(true);
    killQuietly(identity.pid);
    expect(await exited).toEqual({ code: null, signal: null });
  });

  test('when what forks subreapers is killed, ends are told as before, and the next service has a subreaper, too', async () => {
    const request = await requestFor('', { command: direct('sleep', '600') });
    const { identity, exited } = await launch(request);
    const forking = launchers();
    expect(forking).toHaveLength(1);
    for (const pid of forking) killQuietly(pid);
    await waitUntil(() => launchers().length === 0);

    const next = await requestFor('exit 7');
    expect(await (await launch(next)).exited).toEqual({ code: 7, signal: null });
    process.kill(identity.pid, 'SIGTERM');
    expect(await exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(launchers()).not.toEqual(forking);
    await waitUntil(() => subreapersFor(next.cwd).length === 0);
  });

  test('of many that are launched at once each is told under its own pid', async () => {
    const codes = Array.from({ length: 30 }, (_, index) => index);
    const processes = await Promise.all(codes.map(async (code) => launch(await requestFor(`exit ${code}`))));
    expect(new Set(processes.map(({ identity }) => identity.pid)).size).toBe(codes.length);
    const ends = await Promise.all(processes.map(({ exited }) => exited));
    expect(ends).toEqual(codes.map((code) => ({ code, signal: null })));
  });
});

function identityOnly({ pid, startTime }: { readonly pid: number; readonly startTime: number }) {
  return { pid, startTime, groupId: pid };
}
