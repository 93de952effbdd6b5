import { expect, test } from 'vitest';
import { chooseShift } from '../../src/runtime/worktrees/port-shift.ts';

test.each([
  [
    [5000, 5173],
    [10, 20, 30],
  ],
  [
    [3000, 3010],
    [20, 40, 60],
  ],
  [
    [3000, 3010, 3020],
    [30, 60, 90],
  ],
  [
    [8080, 8090, 8110, 8140],
    [40, 80, 120],
  ],
])('worktrees of a project with the ports %j lie as close as they can without sharing one', (ports, first) => {
  const shifts = choose(ports, 20);
  expect(shifts.slice(0, 3)).toEqual(first);
  const all = [0, ...shifts].flatMap((shift) => ports.map((port) => port + shift));
  expect(new Set(all).size).toBe(all.length);
});

test('a worktree whose branch has a port more than the others takes none of theirs, and they keep what they have', () => {
  const [one = 0, two = 0] = choose([5000], 2);
  const three = chooseShift([5000, 5010], { before: null, others: [0, one, two] });
  const theirs = [0, one, two].map((shift) => 5000 + shift);
  expect([5000 + three, 5010 + three].filter((port) => theirs.includes(port))).toEqual([]);
});

test('the ports that it had go before others, unless they are another one’s by now', () => {
  expect(chooseShift([5000], { before: 70, others: [0, 10] })).toBe(70);
  expect(chooseShift([5000], { before: 10, others: [0, 10] })).toBe(20);
});

test('ports that browsers refuse, or that do not exist, are passed over', () => {
  expect(chooseShift([6655], { before: null, others: [0] })).toBe(20);
  expect(chooseShift([65_530], { before: null, others: [0] })).toBe(0);
});

/** For so many worktrees beside the main one. */
function choose(ports: readonly number[], count: number): readonly number[] {
  const shifts: number[] = [];
  for (let index = 0; index < count; index++) {
    shifts.push(chooseShift(ports, { before: null, others: [0, ...shifts] }));
  }
  return shifts;
}
