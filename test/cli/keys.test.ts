import { expect, it } from 'vitest';
import { choiceHint, interpretKey, type KeyAction } from '../../src/cli/attached/key-bindings.ts';

const TWO = ['backend', 'frontend'];

it.each<[string, 'watching' | 'choosing', readonly string[], KeyAction]>([
  ['r', 'watching', ['backend'], { kind: 'restart', names: ['backend'] }],
  ['r', 'watching', TWO, { kind: 'choose' }],
  ['a', 'choosing', TWO, { kind: 'restart', names: TWO }],
  ['2', 'choosing', TWO, { kind: 'restart', names: ['frontend'] }],
  ['3', 'choosing', TWO, { kind: 'nothing' }],
  ['q', 'choosing', TWO, { kind: 'nothing' }],
  ['s', 'watching', TWO, { kind: 'status' }],
  ['o', 'watching', TWO, { kind: 'open' }],
  ['d', 'watching', TWO, { kind: 'detach' }],
  ['q', 'watching', TWO, { kind: 'stop' }],
  ['\u0003', 'watching', TWO, { kind: 'stop' }],
  ['\u0003', 'choosing', TWO, { kind: 'stop' }],
  ['\u0004', 'watching', TWO, { kind: 'stop' }],
  ['h', 'watching', TWO, { kind: 'help' }],
  ['x', 'watching', TWO, { kind: 'nothing' }],
])('the key %j while %s %j', (key, mode, services, action) => {
  expect(interpretKey(key, mode, services)).toEqual(action);
});

it('the choice names what can be chosen', () => {
  expect(choiceHint(TWO)).toBe('a all · 1 backend · 2 frontend');
});
