import { expect, test } from 'vitest';
import { compilingWord } from '../../src/cli/settle/is-compiling.ts';
import { judgeSettled, type Settling, type SettlingService } from '../../src/cli/settle/judge-settled.ts';

const QUIET: SettlingService & Settling = {
  state: 'ready',
  isClosed: false,
  silentMs: 60_000,
  hasReacted: false,
  isReloader: false,
  isCompiling: false,
  hasError: false,
  answer: 'unasked',
  unwellMs: 0,
  changedMs: 60_000,
  waitedMs: 0,
};

const CASES: readonly (readonly [string, Partial<typeof QUIET>, ReturnType<typeof judgeSettled>])[] = [
  ['what is quiet is asked at once', {}, 'ask'],
  ['what answers well has settled', { answer: 'well' }, 'settled'],
  ['what never wrote a line is asked', { silentMs: null }, 'ask'],
  ['an edit of this moment is waited for', { changedMs: 300 }, 'wait'],
  [
    'a reloader that has printed is not waited for any more',
    { changedMs: 900, hasReacted: true, silentMs: 400 },
    'ask',
  ],
  [
    'one that reloads is waited for until it says so, whatever the code before printed meanwhile',
    { changedMs: 4000, isReloader: true, hasError: true, answer: 'unwell', unwellMs: 900 },
    'wait',
  ],
  [
    'what has only said that it compiles is waited for',
    { changedMs: 4000, hasReacted: true, isCompiling: true, silentMs: 4000 },
    'wait',
  ],
  ['but not for ever, as some never say that they are done', { isCompiling: true, silentMs: 15_000 }, 'ask'],
  ['an error is the end of it', { isCompiling: true, hasError: true, silentMs: 4000 }, 'ask'],
  ['what still prints is not asked', { silentMs: 100 }, 'wait'],
  ['what prints without end is asked all the same', { silentMs: 100, waitedMs: 3000 }, 'ask'],
  [
    'a server that itself writes a source twice a second is not waited for without end',
    { changedMs: 400, waitedMs: 5000 },
    'ask',
  ],
  ['what starts is waited for', { state: 'starting' }, 'wait'],
  ['a start that has printed its error is over', { state: 'starting', hasError: true, silentMs: 900 }, 'over'],
  ['an error that is being printed is waited for', { state: 'unhealthy', hasError: true, silentMs: 100 }, 'wait'],
  ['what is unwell is asked before it is given up', { state: 'unhealthy', hasError: true }, 'ask'],
  ['an error and a wrong answer are enough', { state: 'unhealthy', hasError: true, answer: 'unwell' }, 'over'],
  ['a wrong answer without a word may yet become right', { answer: 'unwell', silentMs: 9000 }, 'ask'],
  ['but not for ever', { answer: 'unwell', silentMs: 9000, unwellMs: 6000 }, 'over'],
  [
    'one that prints its error at each question is not waited for until it is silent',
    { answer: 'unwell', hasError: true, silentMs: 10, unwellMs: 900 },
    'over',
  ],
  [
    'a closed port without a word may be a compiler at work',
    { answer: 'unwell', state: 'unhealthy', isClosed: true, silentMs: 9000, unwellMs: 9000 },
    'ask',
  ],
  ['what is down stays so', { state: 'down' }, 'over'],
  ['what crashed is over, but after an edit its reloader may begin anew', { state: 'failed', changedMs: 100 }, 'wait'],
];

test.each(CASES)('%s', (_, known, verdict) => {
  const moment = { ...QUIET, ...known };
  expect(judgeSettled(moment, moment)).toBe(verdict);
});

test.each([
  [[' ○ Compiling /about ...'], true],
  [[' ○ Compiling /about ...', ' ✓ Compiled /about in 3.2s'], false],
  [[' ✓ Compiled /about in 3.2s', ' ○ Compiling /shop ...', 'GET / 200'], true],
  [['File change detected. Starting incremental compilation...'], true],
  [['Starting compilation in watch mode...', 'Found 0 errors. Watching for file changes.'], false],
  [['building...', 'running...'], false],
  [['   Compiling app v0.1.0', '    Finished `dev` profile in 2s'], false],
  [['reloading', 'GET / 200'], false],
])('%j: it still compiles: %s', (lines, expected) => {
  expect(lines.map(compilingWord).findLast((word) => word !== null) === 'begun').toBe(expected);
});
