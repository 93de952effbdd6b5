import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { Releases } from '../../src/base/releases.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { newRunId } from '../../src/runtime/process/new-run-id.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import type { RunRecord } from '../../src/runtime/state/run-record.ts';
import { readRunRecord } from '../../src/runtime/state/run-record-file.ts';
import { keepLog } from '../../src/runtime/supervisor/run/keep-log.ts';
import { KeptRecord } from '../../src/runtime/supervisor/run/kept-record.ts';
import { LiveRun } from '../../src/runtime/supervisor/run/live-run.ts';
import { servicePlan } from '../plan/service-plan.ts';
import { waitUntil } from '../rig/wait-until.ts';

function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), 'devgen-record-'));
  mkdirSync(pathsOf(root).runs, { recursive: true });
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function recordIn(root: string): RunRecord {
  const log = pathsOf(root).log('backend');
  writeFileSync(log, '');
  return {
    schemaVersion: 1,
    id: newRunId(),
    service: 'backend',
    plan: servicePlan(),
    root: null,
    container: null,
    fifo: '',
    log,
    cwd: root,
    port: 8000,
    wantedPort: 8000,
    url: 'http://localhost:8000',
    givenPorts: {},
    startedAt: new Date().toISOString(),
    crashedAt: [],
    readyAt: null,
    logOffset: 7,
    fingerprint: '',
  };
}

function liveRun(kept: KeptRecord): LiveRun {
  const rootExited = new Promise<never>(() => undefined);
  const facts = {
    kept,
    environment: { exported: {}, named: {} },
    rootExited,
    ending: new AbortController(),
    changed: () => undefined,
  };
  return new LiveRun({ ...facts, ageMs: 0, clock: systemClock });
}

function follow(root: string, live: LiveRun): Releases {
  const releases = new Releases();
  const host = { root, clock: systemClock, reportBug: (cause: unknown) => expect(cause).toBeUndefined() };
  keepLog({
    live,
    logs: { maxBytes: 1000, keepFiles: 1, maxAgeMs: 86_400_000 },
    host,
    releases,
    grewTo: () => undefined,
  });
  return releases;
}

test('late news of a run that is over changes no file, and not the record of the run that followed', () => {
  const root = checkout();
  const first = new KeptRecord(root, recordIn(root));
  first.write();
  const second = recordIn(root);
  first.remove();
  expect(readRunRecord(root, 'backend')).toEqual({ ok: false, error: 'absent' });

  first.amend({ logOffset: 0 });
  first.write();
  expect(readRunRecord(root, 'backend').ok).toBe(false);
  new KeptRecord(root, second).write();
  first.amend({ readyAt: new Date().toISOString() });
  first.remove();

  expect(readRunRecord(root, 'backend')).toEqual({ ok: true, value: second });
});

type Operation = 'write' | 'amend' | 'remove';

test('whatever comes late of whichever run, the disk holds what the run that lives has written', () => {
  const operation = fc.constantFrom<Operation>('write', 'amend', 'remove');
  const news = fc.record({ age: fc.nat(3), operation });
  const root = checkout();
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant('next' as const), news), { maxLength: 30 }), (steps) => {
      const runs = [new KeptRecord(root, recordIn(root))];
      let held: RunRecord | null = null;
      for (const [index, step] of steps.entries()) {
        if (step === 'next') {
          runs[0]?.remove();
          runs.unshift(new KeptRecord(root, recordIn(root)));
          held = null;
          continue;
        }
        const run = runs[step.age % runs.length];
        if (step.operation === 'amend') run?.amend({ logOffset: index });
        else run?.[step.operation]();
        if (run !== runs[0]) continue;
        const isOver = step.operation === 'remove';
        if (isOver) runs.unshift(new KeptRecord(root, recordIn(root)));
        held = isOver || run === undefined ? null : run.record;
      }
      const read = readRunRecord(root, 'backend');
      expect(read.ok ? read.value : null).toEqual(held);
      runs[0]?.remove();
    }),
    { numRuns: 200 },
  );
});

test('a log that is rotated while its run lives begins anew in the record', async () => {
  const root = checkout();
  const kept = new KeptRecord(root, recordIn(root));
  kept.write();
  const releases = follow(root, liveRun(kept));
  appendFileSync(kept.record.log, 'x'.repeat(2000));
  await waitUntil(() => existsSync(`${kept.record.log}.1`));
  expect(readRunRecord(root, 'backend')).toMatchObject({ value: { logOffset: 0 } });
  await releases.releaseAll();
});

test('a log watch that begins after its run has ended, as after a stop during the spawn, ends at once', async () => {
  const root = checkout();
  const kept = new KeptRecord(root, recordIn(root));
  const live = liveRun(kept);
  const releases = new Releases();
  await releases.releaseAll();
  let scheduled = 0;
  const clock = {
    ...systemClock,
    schedule: (ms: number, action: () => void) => {
      scheduled += 1;
      return systemClock.schedule(ms, action);
    },
  };

  keepLog({
    live,
    logs: { maxBytes: 1000, keepFiles: 1, maxAgeMs: 86_400_000 },
    host: { root, clock, reportBug: () => undefined },
    releases,
    grewTo: () => undefined,
  });
  const watched = follow(root, liveRun(new KeptRecord(root, recordIn(root))));
  onTestFinished(() => watched.releaseAll());
  appendFileSync(kept.record.log, 'x'.repeat(2000));

  // The watch of a run that lives has seen it: so would the other one.
  await waitUntil(() => existsSync(`${kept.record.log}.1`));
  expect(scheduled).toBe(0);
  expect(readFileSync(kept.record.log, 'utf8')).toBe('');
});

test('releases come last acquired first, each once, whatever fails, and at once after the end', async () => {
  const done: string[] = [];
  const releases = new Releases();
  releases.add(() => done.push('first'));
  releases.add(() => {
    throw new Error('second fails');
  });
  releases.add(async () => done.push('third'));

  await expect(releases.releaseAll()).rejects.toThrow('second fails');
  await releases.releaseAll();
  releases.add(() => done.push('late'));

  expect(done).toEqual(['third', 'first', 'late']);
});
