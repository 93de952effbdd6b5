import { expect, test } from 'vitest';
import { fitData } from '../../src/cli/output/fit-data.ts';
import { hideSecrets } from '../../src/cli/screen/hide-secrets.ts';
import { capLines } from '../../src/cli/settle/cap-lines.ts';
import { cursorsAfter } from '../../src/cli/settle/settle-report.ts';
import { settleToJson } from '../../src/cli/settle/settle-to-json.ts';
import { settleToLines } from '../../src/cli/settle/settle-to-lines.ts';
import { keepClosingLines } from '../../src/cli/tasks/closing-lines.ts';
import type { ErrorGroup } from '../../src/runtime/errors/group-errors.ts';
import { rememberingScreen, servicePlan, WORDS } from './fixtures.ts';

const SECRET = 'correct-horse-battery-staple';
/** Masks as the screen of a command does. */
const SCREEN = hideSecrets(rememberingScreen(), () => [SECRET]);
const REPORT = {
  outcome: 'broken',
  root: '/repo',
  services: [],
  cursors: {},
  changes: { written: null, newest: null },
} as const;

test.each([0, 1, 3, 40])(
  '%i errors with long traces fit into 4 KB, and it is said that some were left out',
  (count) => {
    const errors = Array.from({ length: count }, (_, index) => errorAt(index));
    const document = settleToJson({ ...REPORT, errors }, SCREEN);
    expect(JSON.stringify(document).length).toBeLessThanOrEqual(4096);
    const { errors: shown, isCut } = document as { errors: readonly object[]; isCut?: boolean };
    expect(shown.length).toBeGreaterThanOrEqual(Math.min(count, 2));
    expect(isCut ?? false).toBe(count > 0);
  },
);

test('of a list that counts from its end the end stays', () => {
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index}`);
  const { lines: shown } = fitData({ lines }, 1000, ['lines']) as { lines: readonly string[] };
  expect(shown.at(-1)).toBe('line 499');
});

test('what is not mended is shown before what is, the newest first', () => {
  const errors = [errorAt(1), errorAt(2), { ...errorAt(3), isMended: true }];
  const { errors: shown } = settleToJson({ ...REPORT, errors }, SCREEN) as { errors: readonly { message: string }[] };
  expect(shown.map(({ message }) => message.slice(0, 9))).toEqual(['message 2', 'message 1', 'message 3']);
});

test('lines that do not fit give way to one that says where the rest is', () => {
  expect(capLines(['ä', 'b'], 5, '…')).toEqual(['ä', 'b']);
  expect(capLines(['aaaa', 'bbbb', 'cccc'], 14, 'rest')).toEqual(['aaaa', 'rest']);
  expect(capLines(['broken: äääää', 'b'], 17, 'rest'), 'the verdict stays').toEqual(['broken: ä', 'rest']);
});

test('an error is told again for as long as it is not mended, and nothing else is', () => {
  const services = ['web', 'api', 'db'].map((name) => ({ service: servicePlan(name) }));
  const errors = [errorAt(10), errorAt(20), { ...errorAt(5), isMended: true }, { ...errorAt(30), service: 'api' }];
  expect(cursorsAfter(services, errors, 50)).toEqual({ web: 10, api: 30, db: 50 });
});

test('of a secret not even the part that is left of a cut text is told', () => {
  const errors = Array.from({ length: 20 }, (_, index) => {
    const text = `${'x'.repeat(30 + index * 25)}${SECRET}${'x'.repeat(3000)}`;
    return { ...errorAt(index), message: text, lines: [text] };
  });
  const report = { ...REPORT, errors };
  expect(JSON.stringify(settleToJson(report, SCREEN))).not.toContain('corr');
  expect(settleToLines(report, SCREEN, WORDS).join('\n')).not.toContain('corr');

  const closing = keepClosingLines(SCREEN);
  closing.add('build', `${'x'.repeat(1990)}${SECRET}`);
  expect(closing.of('build')).toEqual([`${'x'.repeat(1990)}***`]);
  expect(closing.of('test'), 'what did not run has printed nothing').toEqual([]);
});

function errorAt(at: number): ErrorGroup {
  const place = { file: 'src/a/rather/long/path/to/a/file.ts', line: at, column: 1 };
  return {
    ...{ service: 'web', tool: 'node', kind: 'TypeError', message: `message ${at} ${'m'.repeat(400)}` },
    ...{ place, frames: Array.from({ length: 30 }, () => place), count: 1, firstAt: at, lastAt: at, isMended: false },
    lines: Array.from({ length: 50 }, () => 'l'.repeat(500)),
  };
}
