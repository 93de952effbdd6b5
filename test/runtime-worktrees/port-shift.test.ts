import { expect, test } from 'vitest';
import { portStride } from '../../src/runtime/worktrees/port-shift.ts';

test.each([
  [[5000, 5173], 10],
  [[3000, 8000], 10],
  [[], 10],
  [[3000, 3010], 20],
  [[3000, 3010, 3020], 30],
  [[8080, 8090, 8110, 8140], 40],
])('worktrees of a project with the ports %j lie %i apart', (ports, stride) => {
  expect(portStride(ports)).toBe(stride);
  const all = Array.from({ length: 20 }, (_, slot) => ports.map((port) => port + slot * stride)).flat();
  expect(new Set(all).size).toBe(all.length);
});
