import { expect, test } from 'vitest';
import { waitingText } from '../../src/cli/starting/waiting-line.ts';

test('what is waited for is told with how long each took before', () => {
  const awaited = [
    { service: 'backend', lastMs: [3100, 950] },
    { service: 'frontend', lastMs: [] },
  ];
  expect(waitingText(awaited, 4200)).toBe('waiting for backend (last 3.1 s, 950 ms), frontend · 4 s');
  expect(waitingText([], 4200)).toBe('');
});
