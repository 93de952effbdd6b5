import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { identityOf, isAlive } from '../../src/platform/process-identity.ts';
import { killRun, stopRun } from '../../src/runtime/process/stop-run.ts';
import { holdsFor } from '../rig/holds-for.ts';
import { killQuietly, processesOf } from '../rig/processes.ts';
import { program } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { startRun } from './start-run.ts';

const GENTLY = { signal: 'SIGTERM', graceMs: 1000 } as const;
const ignore = (): void => undefined;

/** Each leaves a process outside of what a signal to the root reaches, and says `set` when it has. */
const ESCAPES: Readonly<Record<string, string>> = {
  'an orphaned grandchild': `sh -c '(sleep 600 &)'; echo set; sleep 600`,
  'a child in a process group of its own': `exec /usr/bin/python3 -c "import os,time
if os.fork()==0: os.setpgid(0,0); print('set',flush=True)
time.sleep(600)"`,
  'a child in a session of its own': `setsid sleep 600 & echo set; wait`,
  'a daemon that forked twice': `/usr/bin/python3 '${program('daemon.py')}' & wait`,
  'a daemon that let go of its output': `setsid sh -c 'sleep 600 </dev/null >/dev/null 2>&1 &' ; echo set; sleep 600`,
  'a child with an empty environment': `env -i sleep 600 & echo set; wait`,
  'a child with an empty environment in a session of its own': `exec 3<&0; env -i setsid sleep 600 <&3 & echo set; wait`,
  'a group whose leader is dead': `setsid sh -c 'env -i sleep 600 & sleep 600 & echo set'; sleep 600`,
};

describe('stop ends', () => {
  for (const [kind, command] of Object.entries(ESCAPES)) {
    test(kind, async () => {
      const run = await startRun(command);
      await run.said('set');
      // In the moment of its exec a process shows no environment.
      await waitUntil(() => run.living().length > 1);
      expect(await stopRun(run.trace, GENTLY, ignore)).toEqual({ ok: true, value: { tookMs: expect.any(Number) } });
      expect(run.living()).toEqual([]);
    });

    test(`${kind}, after the root was killed`, async () => {
      const run = await startRun(command);
      await run.said('set');
      killQuietly(run.trace.root.pid);
      await run.exited;
      await waitUntil(() => run.living().length > 0);
      expect((await stopRun(run.trace, GENTLY, ignore)).ok).toBe(true);
      expect(run.living()).toEqual([]);
    });
  }
});

test('a service that ends when asked is never killed, and its FIFO is removed', async () => {
  const run = await startRun('sleep 600 & sleep 601 & wait');
  await waitUntil(() => run.living().length === 3);
  const killed: unknown[] = [];
  const outcome = await stopRun(run.trace, GENTLY, (left) => killed.push(left));
  expect(outcome.ok).toBe(true);
  expect(killed).toEqual([]);
  expect(existsSync(run.trace.fifo)).toBe(false);
});

test('stop kills a service that ignores SIGTERM, and its child, after the grace period', async () => {
  const run = await startRun(`sh -c 'trap "" TERM; (sleep 600); :' & trap '' TERM; echo set; wait; wait`);
  await run.said('set');
  await waitUntil(() => run.living().length === 3);
  const killed: string[] = [];
  const outcome = await stopRun(run.trace, { signal: 'SIGTERM', graceMs: 300 }, (left) => {
    killed.push(...left.map(({ command }) => command));
  });
  expect(outcome.ok && outcome.value.tookMs).toBeGreaterThanOrEqual(300);
  expect(killed).toContain('sleep 600');
  expect(run.living()).toEqual([]);
});

test('stop wakes a suspended service, which then ends in its own way', async () => {
  const run = await startRun(`exec /usr/bin/python3 -c "import signal,sys
def bye(*_): print('bye',flush=True); sys.exit(0)
signal.signal(signal.SIGTERM,bye); print('set',flush=True)
while True: signal.pause()"`);
  await run.said('set');
  process.kill(run.trace.root.pid, 'SIGSTOP');
  await waitUntil(() => readFileSync(`/proc/${run.trace.root.pid}/stat`, 'utf8').includes(') T '));
  expect((await stopRun(run.trace, GENTLY, ignore)).ok).toBe(true);
  expect(run.log()).toContain('bye');
});

test('a service gets its own stop signal, and gets it once', async () => {
  const run = await startRun(`exec /usr/bin/python3 -c "import signal,sys,time
signal.signal(signal.SIGINT,lambda *_: print('interrupted',flush=True)); print('set',flush=True)
end=time.monotonic()+600
while time.monotonic()<end and True: time.sleep(0.05)"`);
  await run.said('set');
  expect((await stopRun(run.trace, { signal: 'SIGINT', graceMs: 700 }, ignore)).ok).toBe(true);
  expect(run.log().match(/interrupted/g)).toHaveLength(1);
});

describe('a process that forks and exits all the time', () => {
  const hop = (pause: number, each: string): string => `exec /usr/bin/python3 -u -c "import os,time
open('heartbeat','w').close()
print('set',flush=True)
end=time.monotonic()+60
while time.monotonic()<end:
    time.sleep(${pause})
    if os.fork(): os._exit(0)
    ${each}
    open('heartbeat','a').write('.')"`;
  const ways = {
    'in the group': hop(0.001, 'pass'),
    'in ever new sessions': hop(0.003, 'os.setsid()'),
    'in ever new sessions, faster': hop(0.001, 'os.setsid()'),
  };
  for (const [where, command] of Object.entries(ways)) {
    test(`${where} is gone soon after`, async () => {
      const run = await startRun(command);
      await run.said('set');
      const outcome = await stopRun(run.trace, { signal: 'SIGTERM', graceMs: 500 }, ignore);
      expect(outcome.ok && outcome.value.tookMs).toBeLessThan(15_000);
      const beats = (): number => readFileSync(join(run.folder, 'heartbeat')).length;
      const before = beats();
      await holdsFor(100, () => beats() === before);
    });
  }
});

describe('stop leaves alone', () => {
  test('a stranger who got the pid of the recorded root', async () => {
    const victim = await startRun('exec sleep 600');
    const own = await startRun('exec sleep 600');
    await killRun(own.trace, ignore);
    const { root } = victim.trace;
    const reused = { ...own.trace, root: { ...root, startTime: root.startTime - 1 } };
    expect((await stopRun(reused, GENTLY, ignore)).ok).toBe(true);
    // Even the full identity proves nothing when neither tag nor files confirm it.
    expect((await stopRun({ ...own.trace, root }, GENTLY, ignore)).ok).toBe(true);
    expect(isAlive(root)).toBe(true);
  });

  test('processes of a record from another boot or pid namespace', async () => {
    const run = await startRun('exec sleep 600');
    const { root } = run.trace;
    for (const foreign of [{ bootId: 'another' }, { pidNamespace: '1' }]) {
      await killRun({ ...run.trace, fifo: '', root: { ...root, ...foreign } }, ignore);
    }
    expect(isAlive(root)).toBe(true);
  });

  test('who follows the log of the service', async () => {
    const run = await startRun('exec sleep 600');
    const reader = await startRun(`exec tail -f ${run.trace.log}`);
    expect((await stopRun(run.trace, GENTLY, ignore)).ok).toBe(true);
    expect(isAlive(reader.trace.root)).toBe(true);
  });

  test('a supervisor that was called for from within the service', async () => {
    const run = await startRun(
      'DEVGEN_SUPERVISOR=1 setsid sleep 601 </dev/null >/dev/null 2>&1 & echo set; exec sleep 600',
    );
    const supervisor = await waitUntil(() => run.living().find(({ command }) => command === 'sleep 601'));
    expect((await stopRun(run.trace, GENTLY, ignore)).ok).toBe(true);
    expect(run.living().map(({ pid }) => pid)).toEqual([supervisor.pid]);
  });

  test('a browser that the service opened', async () => {
    const run = await startRun(
      'cp /bin/sleep firefox; setsid ./firefox 600 </dev/null >/dev/null 2>&1 & echo set; sleep 601',
    );
    const browser = await waitUntil(() => run.living().find(({ command }) => command.startsWith('./firefox')));
    expect((await stopRun(run.trace, GENTLY, ignore)).ok).toBe(true);
    expect(run.living().map(({ pid }) => pid)).toEqual([browser.pid]);
  });
});

test.skipIf(process.getuid?.() !== 0)(
  'stop fails and names a process of another user, which it never signals',
  async () => {
    const run = await startRun(`chmod 755 .; /usr/bin/python3 -c "import os,time
os.setuid(65534); print('set',flush=True); time.sleep(600)" & sleep 600`);
    await run.said('set');
    const other = await waitUntil(() => run.living().find(({ command }) => command.startsWith('/usr/bin/python3')));
    onTestFinished(() => killQuietly(other.pid));
    const outcome = await stopRun(run.trace, { signal: 'SIGTERM', graceMs: 200 }, ignore);
    expect(outcome).toEqual({ ok: false, error: [expect.objectContaining({ pid: other.pid })] });
    expect(identityOf(other.pid)).toBeDefined();
    expect(processesOf({ variable: 'none', folder: run.folder }).map(({ pid }) => pid)).toEqual([other.pid]);
  },
);

test('a stop fails and names a process that only its output connects with the run, and spares it', async () => {
  const run = await startRun('env -i setsid sleep 600 </dev/null & echo set; wait');
  await run.said('set');
  const stray = await waitUntil(() => run.living().find(({ command }) => command === 'sleep 600'));
  killQuietly(run.trace.root.pid);
  await run.exited;
  expect(await stopRun(run.trace, GENTLY, ignore)).toEqual({ ok: false, error: [stray] });
  expect(run.living()).toEqual([stray]);
});

test('a child that only its output connects with the run is known from before its root ended', async () => {
  const run = await startRun('env -i setsid sleep 600 </dev/null & echo set; wait');
  await run.said('set');
  await waitUntil(() => run.living().find(({ command }) => command === 'sleep 600'));
  expect((await stopRun(run.trace, GENTLY, ignore)).ok).toBe(true);
  expect(run.living()).toEqual([]);
});

test('stopping a run of which nothing lives waits for nothing', async () => {
  const run = await startRun('true');
  await run.exited;
  const outcome = await stopRun(run.trace, { signal: 'SIGTERM', graceMs: 10_000 }, ignore);
  expect(outcome.ok && outcome.value.tookMs).toBeLessThan(5_000);
});

test.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/perl'))(
  'under a subreaper even a process is ended that has no mark of the run and is another one every few milliseconds',
  async () => {
    const hop = `import os,time
end=time.monotonic()+60
while time.monotonic()<end:
  time.sleep(0.003)
  if os.fork(): os._exit(0)
  open('beat','a').write('.')`;
    const alone = `env -i setsid /usr/bin/python3 -c "${hop}" </dev/null >/dev/null 2>&1`;
    const run = await startRun(`${alone} & sleep 600`, 'subreaper');
    const beats = (): number => readFileSync(join(run.folder, 'beat')).length;
    await waitUntil(() => existsSync(join(run.folder, 'beat')) && beats() > 3);
    expect((await stopRun(run.trace, GENTLY, ignore)).ok).toBe(true);
    const last = beats();
    for (let round = 0; round < 20; round++) expect(run.living()).toEqual([]); // One look alone easily misses it.
    expect(beats()).toBe(last);
  },
);
