import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProbePlan } from '../../src/plan/probe-plan.ts';
import { readLastPorts, rememberPort } from '../../src/runtime/state/last-ports-file.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { readRunRecord, removeRunRecord, writeRunRecord } from '../../src/runtime/state/run-record-file.ts';
import { servicesWithRunRecord } from '../../src/runtime/state/services-with-run-record.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { sampleRecord } from './sample-state.ts';

test('a record gives back what was written, before the spawn and after it', () => {
  const root = temporaryFolder();
  for (const record of [sampleRecord({ root: null }), sampleRecord()]) {
    expect(writeRunRecord(root, record).ok).toBe(true);
    expect(readRunRecord(root, 'backend')).toEqual({ ok: true, value: record });
  }
});

test('a record names the env files of its service, and holds nothing of what they hold', () => {
  const root = temporaryFolder();
  const { plan } = sampleRecord();
  writeRunRecord(root, sampleRecord({ plan: { ...plan, envFiles: ['.env'], dotenv: { KEY: 'hunter2' } } }));
  expect(readFileSync(pathsOf(root).runRecord('backend'), 'utf8')).not.toContain('hunter2');
  expect(readRunRecord(root, 'backend')).toMatchObject({ value: { plan: { envFiles: ['.env'], dotenv: {} } } });
});

test.each<ProbePlan>([
  { kind: 'any-answer' },
  { kind: 'tcp' },
  { kind: 'process' },
  { kind: 'command', command: 'true' },
  { kind: 'log', pattern: 'x' },
])('a record keeps a probe of the kind $kind', (probe) => {
  const root = temporaryFolder();
  const { plan } = sampleRecord();
  const record = sampleRecord({ plan: { ...plan, port: { kind: 'auto' }, health: { ...plan.health, probe } } });
  writeRunRecord(root, record);
  expect(readRunRecord(root, 'backend')).toEqual({ ok: true, value: record });
});

test('services with a record are listed whether or not the record can be read, and nothing else is', () => {
  const root = temporaryFolder();
  expect(servicesWithRunRecord(root)).toEqual([]);
  writeRunRecord(root, sampleRecord({ service: 'web' }));
  writeRunRecord(root, sampleRecord({ service: 'api' }));
  writeFileSync(pathsOf(root).runRecord('broken'), '{"schemaVersion":1,');
  writeFileSync(join(pathsOf(root).runs, '0123.fifo'), '');
  writeFileSync(join(pathsOf(root).runs, '.api.json.123.tmp.json'), '');
  expect(servicesWithRunRecord(root)).toEqual(['api', 'broken', 'web']);
  expect(readRunRecord(root, 'broken')).toEqual({ ok: false, error: 'damaged' });
});

test('a record is gone after it was removed, and removing it twice is no failure', () => {
  const root = temporaryFolder();
  writeRunRecord(root, sampleRecord());
  expect(removeRunRecord(root, 'backend')).toEqual({ ok: true, value: null });
  expect(removeRunRecord(root, 'backend')).toEqual({ ok: true, value: null });
  expect(readRunRecord(root, 'backend')).toEqual({ ok: false, error: 'absent' });
});

test('a record copied under the name of another service is not believed', () => {
  const root = temporaryFolder();
  writeRunRecord(root, sampleRecord());
  writeFileSync(pathsOf(root).runRecord('frontend'), JSON.stringify(sampleRecord()));
  expect(readRunRecord(root, 'frontend')).toEqual({ ok: false, error: 'damaged' });
});

test('whatever stands in one field of a record, reading it never throws', () => {
  const root = temporaryFolder();
  mkdirSync(pathsOf(root).runs, { recursive: true });
  const key = fc.constantFrom(...Object.keys(sampleRecord()));
  fc.assert(
    fc.property(key, fc.jsonValue(), (field, value) => {
      writeFileSync(pathsOf(root).runRecord('backend'), JSON.stringify({ ...sampleRecord(), [field]: value }));
      const record = readRunRecord(root, 'backend');
      if (!record.ok) expect(record.error).toBe('damaged');
    }),
    { numRuns: 300 },
  );
});

test('last ports are remembered one by one, and a broken memory is an empty one', () => {
  const root = temporaryFolder();
  expect(readLastPorts(root)).toEqual(new Map());
  rememberPort(root, 'backend', 8001);
  rememberPort(root, 'frontend', 5174);
  rememberPort(root, 'backend', 8002);
  expect(readLastPorts(root)).toEqual(
    new Map([
      ['backend', 8002],
      ['frontend', 5174],
    ]),
  );
  writeFileSync(pathsOf(root).lastPorts, '{"schemaVersion":1,"ports":{"backend":99999}}');
  expect(readLastPorts(root)).toEqual(new Map());
  expect(rememberPort(root, 'backend', 8003).ok).toBe(true);
  expect(readLastPorts(root)).toEqual(new Map([['backend', 8003]]));
});
