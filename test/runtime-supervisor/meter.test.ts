import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { identityOf } from '../../src/platform/process-identity.ts';
import { runTag } from '../../src/platform/run-marks.ts';
import type { MetricsSample } from '../../src/runtime/state/metrics-sample.ts';
import type { RunRecord } from '../../src/runtime/state/run-record.ts';
import { Meter } from '../../src/runtime/supervisor/meter.ts';
import { sampleRecord } from '../runtime-state/sample-state.ts';

const [FIRST, SECOND] = ['a', 'b'].map((digit) => digit.repeat(32)) as [string, string];

test('probes are summed up, one sample in half a minute, with what the process tree takes', () => {
  const { meter, samples, pass } = open(livingRecord());

  meter.take(probed(FIRST, 12));
  meter.take(probed(FIRST, 12)); // Published once more for another reason.
  pass(10_000);
  meter.take(probed(FIRST, 20));
  expect(samples).toEqual([]);
  pass(20_000);
  meter.take({ ...probed(FIRST, null), health: { ...probed(FIRST, null).health, failures: 1 } });
  pass(30_000);
  meter.take(probed(FIRST, 30));

  const usage = { processes: 1, residentBytes: expect.any(Number) };
  expect(samples).toEqual([
    { at: at(30), service: 'api', run: FIRST, responses: [12, 20], failures: 1, usage: { ...usage, cpuPercent: null } },
    { at: at(60), service: 'api', run: FIRST, responses: [30], failures: 0, usage: { ...usage, cpuPercent: 0 } },
  ]);
  expect(samples[0]?.usage?.residentBytes).toBeGreaterThan(100_000);
});

test('what a run that ended had left to tell is kept, and the next one begins anew', () => {
  const { meter, samples, pass } = open(undefined);

  meter.take(probed(FIRST, 12));
  pass(1000);
  meter.take(probed(SECOND, 20));
  meter.take({ ...probed(SECOND, 20), pid: null });
  meter.take({ ...probed(SECOND, 20), pid: null });

  expect(samples).toMatchObject([
    { run: FIRST, responses: [12], usage: null },
    { run: SECOND, responses: [20], usage: null },
  ]);
});

let probes = 0;

function probed(run: string, responseMs: number | null) {
  if (responseMs !== lastResponse) probes += 1;
  lastResponse = responseMs;
  const checkedAt = new Date(probes).toISOString();
  return {
    service: 'api',
    run,
    pid: 7,
    health: { verdict: 'healthy', checkedAt, responseMs, grade: null, failures: 0 },
  } as const;
}

let lastResponse: number | null = null;

function open(record: RunRecord | undefined) {
  let nowMs = 0;
  const samples: MetricsSample[] = [];
  const meter = new Meter({
    clock: { now: () => nowMs, monotonicMs: () => nowMs },
    recordOf: () => record,
    write: (sample) => samples.push(sample),
  });
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { meter, samples, pass };
}

function livingRecord(): RunRecord {
  const child = spawn('sleep', ['100'], { stdio: 'ignore', env: { ...process.env, [runTag(FIRST)]: '1' } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const root = identityOf(child.pid ?? 0);
  if (root === undefined) throw new Error('sleep did not start');
  return sampleRecord({ id: FIRST, root, fifo: '', log: '' });
}

function at(second: number): string {
  return new Date(second * 1000).toISOString();
}
