import { expect, test } from 'vitest';
import { judgeContents, judgeStep, type StepFacts, type StepVerdict } from '../../src/runtime/setup/judge-step.ts';
import type { StepRecord } from '../../src/runtime/setup/step-record.ts';

const RECORD: StepRecord = {
  definition: 'install',
  inputs: [
    { file: 'lock', stamp: 's1', hash: 'h1' },
    { file: 'manifest', stamp: 's2', hash: 'h2' },
    { file: 'absent', stamp: null, hash: null },
  ],
  unmade: [],
};
const FRESH: StepFacts = {
  definition: 'install',
  record: RECORD,
  missing: [],
  inputs: new Map([
    ['lock', 's1'],
    ['manifest', 's2'],
    ['absent', null],
  ]),
};

const inputs = (changes: Readonly<Record<string, string | null>>) =>
  new Map([...FRESH.inputs, ...Object.entries(changes)]);
const stale = (reason: object) => ({ kind: 'stale', reason }) as StepVerdict;

const TABLE: readonly (readonly [string, Partial<StepFacts>, StepVerdict])[] = [
  ['nothing changed', {}, { kind: 'fresh' }],
  ['it never succeeded here', { record: null }, stale({ kind: 'first-time' })],
  ['an output is missing', { missing: ['out'] }, stale({ kind: 'output-missing', path: 'out' })],
  [
    'an output is missing and it never succeeded here: what can be seen is said',
    { record: null, missing: ['out'] },
    stale({ kind: 'output-missing', path: 'out' }),
  ],
  [
    'the output is missing that it did not make when it succeeded',
    { record: { ...RECORD, unmade: ['out'] }, missing: ['out'] },
    { kind: 'fresh' },
  ],
  [
    'one more output is missing than it left out',
    { record: { ...RECORD, unmade: ['out'] }, missing: ['out', 'other'] },
    stale({ kind: 'output-missing', path: 'other' }),
  ],
  ['its command is another', { definition: 'install --all' }, stale({ kind: 'redefined' })],
  ['an input was touched', { inputs: inputs({ lock: 's9' }) }, { kind: 'doubtful', files: ['lock'] }],
  ['an input appeared', { inputs: inputs({ absent: 's3' }) }, { kind: 'doubtful', files: ['absent'] }],
  ['an input is gone', { inputs: inputs({ lock: null }) }, { kind: 'doubtful', files: ['lock'] }],
  ['a pattern means one more file', { inputs: inputs({ more: 's4' }) }, stale({ kind: 'input-changed', path: 'more' })],
  [
    'a pattern means one file less',
    { inputs: new Map([...FRESH.inputs].filter(([file]) => file !== 'manifest')) },
    stale({ kind: 'input-changed', path: 'manifest' }),
  ],
  [
    'a stamp was not to be trusted when it was taken',
    { record: { ...RECORD, inputs: RECORD.inputs.map((each) => ({ ...each, stamp: each.stamp && '' })) } },
    { kind: 'doubtful', files: ['lock', 'manifest'] },
  ],
];

test.each(TABLE)('%s', (_, changes, verdict) => {
  expect(judgeStep({ ...FRESH, ...changes })).toEqual(verdict);
});

test('what was only touched is fresh, what holds something else is stale', () => {
  expect(judgeContents(RECORD, new Map([['lock', 'h1']]))).toEqual({ kind: 'fresh' });
  expect(judgeContents(RECORD, new Map([['absent', null]]))).toEqual({ kind: 'fresh' });
  const other = stale({ kind: 'input-changed', path: 'lock' });
  expect(judgeContents(RECORD, new Map([['lock', 'h9']]))).toEqual(other);
  expect(judgeContents(RECORD, new Map([['lock', null]]))).toEqual(other);
});
