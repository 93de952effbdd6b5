import { expect, test } from 'vitest';
import { waitingText } from '../../src/cli/starting/waiting-line.ts';

test('what is waited for is told with how long each takes, and took before', () => {
  const awaited = [
    { service: 'backend', sinceMs: 4200, lastMs: [3100, 950] },
    { service: 'worker', sinceMs: 200, lastMs: [] },
    { service: 'frontend', sinceMs: null, lastMs: [] },
  ];
  expect(waitingText(awaited)).toBe('waiting for backend 4 s (last 3.1 s, 950 ms), worker 0 s, frontend');
  expect(waitingText([])).toBe('');
});
