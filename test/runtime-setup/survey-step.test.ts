import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunStep } from '../../src/plan/plan.ts';
import { isSetUp } from '../../src/runtime/setup/is-set-up.ts';
import { writeStepRecord } from '../../src/runtime/setup/step-record.ts';
import { recordOf, surveyStep } from '../../src/runtime/setup/survey-step.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const STEP: RunStep = {
  kind: 'run',
  name: 'install',
  run: 'true',
  cwd: '.',
  inputs: ['lock', 'maybe'],
  outputs: ['out'],
  env: {},
};
/** So long ago that no clock is too coarse for it. */
const LONG_AGO = new Date('2020-01-01');

test('a step that has succeeded is fresh, by stamps alone once its inputs have settled', () => {
  const root = succeeded(STEP);
  expect(surveyStep(root, STEP)).toEqual({ ok: true, value: { kind: 'fresh' } });
});

test('a changed, an added and a lost input make it stale; a touched one does not', () => {
  const root = succeeded(STEP);
  utimesSync(join(root, 'lock'), new Date(), new Date());
  expect(surveyStep(root, STEP)).toEqual({ ok: true, value: { kind: 'fresh' } });
  writeFileSync(join(root, 'lock'), 'two');
  expect(reasonOf(root)).toEqual({ kind: 'input-changed', path: 'lock' });
  writeFileSync(join(root, 'lock'), 'one');
  writeFileSync(join(root, 'maybe'), '');
  expect(reasonOf(root)).toEqual({ kind: 'input-changed', path: 'maybe' });
  rmSync(join(root, 'maybe'));
  rmSync(join(root, 'lock'));
  expect(reasonOf(root)).toEqual({ kind: 'input-changed', path: 'lock' });
});

test('a change of the same size at the same time as the last run is seen', () => {
  const root = succeeded(STEP);
  writeFileSync(join(root, 'lock'), 'eno');
  expect(reasonOf(root)).toEqual({ kind: 'input-changed', path: 'lock' });
});

test('patterns and folders mean what is in them, and never packages', () => {
  const step = { ...STEP, inputs: ['src/**/*.proto', 'schema'], outputs: ['gen/*.ts'] };
  const root = temporaryFolder();
  for (const file of ['src/a/b.proto', 'schema/x', 'gen/b.ts', 'src/node_modules/c.proto']) write(root, file);
  remember(root, step);
  expect(surveyStep(root, step)).toEqual({ ok: true, value: { kind: 'fresh' } });
  write(root, 'src/node_modules/d.proto');
  expect(surveyStep(root, step)).toEqual({ ok: true, value: { kind: 'fresh' } });
  write(root, 'schema/y');
  expect(surveyStep(root, step)).toMatchObject({ value: { reason: { kind: 'input-changed', path: 'schema/y' } } });
  rmSync(join(root, 'gen'), { recursive: true });
  expect(surveyStep(root, step)).toMatchObject({ value: { reason: { kind: 'output-missing', path: 'gen/*.ts' } } });
});

test('a plain look is enough only when nothing has to be walked, read or done', () => {
  const root = temporaryFolder();
  write(root, 'lock');
  write(root, 'out/x');
  utimesSync(join(root, 'lock'), LONG_AGO, LONG_AGO);
  expect(isSetUp(root, [STEP])).toBe(false);
  remember(root, STEP);
  expect(isSetUp(root, [{ ...STEP, inputs: ['*'] }])).toBe(false);
  expect(isSetUp(root, [{ kind: 'copy', name: 'env', from: '.env.example', to: '.env' }])).toBe(false);
  write(root, '.env');
  expect(isSetUp(root, [{ kind: 'copy', name: 'env', from: '.env.example', to: '.env' }])).toBe(true);
});

function succeeded(step: RunStep): string {
  const root = temporaryFolder();
  writeFileSync(join(root, 'lock'), 'one');
  write(root, 'out/x');
  remember(root, step);
  return root;
}

function remember(root: string, step: RunStep): void {
  const record = recordOf(root, step);
  if (!record.ok) throw new Error(record.error.file);
  writeStepRecord(root, step.name, record.value);
}

function reasonOf(root: string): unknown {
  const verdict = surveyStep(root, STEP);
  return verdict.ok && verdict.value.kind === 'stale' ? verdict.value.reason : verdict;
}

function write(root: string, file: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), '');
}
