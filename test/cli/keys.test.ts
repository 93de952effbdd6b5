import { expect, it } from 'vitest';
import { choiceHint, forceOf, interpretKey, type KeyAction, keyHint } from '../../src/cli/attached/key-bindings.ts';
import { loneKeys } from '../../src/cli/attached/lone-keys.ts';
import { FakeClock } from '../runtime-health/fake-world.ts';

const TWO = ['backend', 'frontend'];
const TWELVE = Array.from({ length: 12 }, (_, index) => `s${index + 1}`);

it.each<[string, 'watching' | 'choosing', readonly string[], KeyAction]>([
  ['r', 'watching', ['backend'], { kind: 'restart', names: ['backend'] }],
  ['r', 'watching', TWO, { kind: 'choose' }],
  ['a', 'choosing', TWO, { kind: 'restart', names: TWO }],
  ['2', 'choosing', TWO, { kind: 'restart', names: ['frontend'] }],
  ['3', 'choosing', TWO, { kind: 'nothing' }],
  ['q', 'choosing', TWO, { kind: 'nothing' }],
  ['9', 'choosing', TWELVE, { kind: 'restart', names: ['s9'] }],
  ['b', 'choosing', TWELVE, { kind: 'restart', names: ['s10'] }],
  ['d', 'choosing', TWELVE, { kind: 'restart', names: ['s12'] }],
  ['e', 'choosing', TWELVE, { kind: 'nothing' }],
  ['é', 'choosing', TWELVE, { kind: 'nothing' }],
  ['s', 'watching', TWO, { kind: 'status' }],
  ['o', 'watching', TWO, { kind: 'open' }],
  ['t', 'watching', TWO, { kind: 'top' }],
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
  expect(choiceHint(TWELVE)).toMatch(/ · 9 s9 · b s10 · c s11 · d s12$/);
});

it.each([
  [TWO, TWO, 'd detach · q or Ctrl+C stop'],
  [TWO, [], 'q or Ctrl+C leave (started elsewhere; `./dev stop` stops)'],
  [TWO, ['frontend'], 'd detach · q or Ctrl+C stop frontend and leave backend, started elsewhere'],
] as const)('of %j, of which %j were started here, leaving is told as %j', (shown, ours, told) => {
  expect(keyHint(shown, ours, './dev')).toBe(`r restart · s status · o open · t full screen · ${told}`);
});

/** What becomes of these keys, each so many milliseconds after the one before. */
async function press(...typed: readonly (readonly [key: string, afterMs: number])[]): Promise<readonly string[]> {
  const clock = new FakeClock();
  const told: string[] = [];
  const listener = {
    forceOf: (key: string) => forceOf(key, interpretKey(key, told.at(-1) === 'r' ? 'choosing' : 'watching', TWO)),
    onKey: (key: string) => told.push(key),
    onText: () => told.push('text'),
  };
  const keys = loneKeys(listener, clock);
  for (const [key, afterMs] of typed) {
    await clock.delay(afterMs);
    keys.take(key);
  }
  await clock.delay(5000);
  return told;
}

const slowly = (word: string, ms: number) => [...word].map((key) => [key, ms] as const);

it.each([
  ['a key alone', slowly('s', 0), ['s']],
  ['two keys, one after the other', slowly('so', 400), ['s', 'o']],
  ['a key that is held down', slowly('sssss', 30), ['s']],
  ['a key and Enter', slowly('o\r', 50), ['o']],
  ['a question and its answer', [...slowly('r', 0), ...slowly('a', 100)], ['r', 'a']],
  ['a word that begins with a question', slowly('rails', 100), ['r', 'text']],
  ['a word', slowly('docker', 200), ['text']],
  ['a word that begins with no key, typed by one who looks for the letters', slowly('jobs', 900), ['text']],
  ['a word and Enter, then a key', [...slowly('jobs\rd', 100)], ['text', 'd']],
  ['Enter alone', slowly('\r', 0), []],
  ['Ctrl+C within a word', slowly('stop\u0003', 100), ['\u0003']],
] as const)('%s', async (_, typed, told) => {
  expect(await press(...typed)).toEqual(told);
});
