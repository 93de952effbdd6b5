import { expect, test } from 'vitest';
import { composeProject, inComposeTurn } from '../../src/runtime/supervisor/run/compose-turns.ts';
import { staysPending } from '../rig/holds-for.ts';

/** An action that lasts until it is ended. */
function lasting() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { action: () => ended.then(() => 'done'), end };
}

test('one of a compose project waits for the other, unless it is cancelled; other projects wait for neither', async () => {
  const signal = new AbortController().signal;
  const first = lasting();
  const pulling = inComposeTurn({ project: '/a', action: first.action, signal, cancelled: 'cancelled' });
  const ending = new AbortController();
  const begun: string[] = [];
  const second = async (): Promise<string> => begun.push('second').toString();
  const waiting = inComposeTurn({ project: '/a', action: second, signal: ending.signal, cancelled: 'cancelled' });
  const third = inComposeTurn({ project: '/a', action: async () => 'third', signal, cancelled: 'cancelled' });

  expect(await inComposeTurn({ project: '/b', action: async () => 'other', signal, cancelled: '' })).toBe('other');
  await staysPending(waiting, 20);
  ending.abort();
  expect(await waiting).toBe('cancelled');
  await staysPending(third, 20);
  first.end();

  expect([await pulling, await third, begun]).toEqual(['done', 'third', []]);
});

test('an action that has begun is waited for, though it is cancelled', async () => {
  const ending = new AbortController();
  const { action, end } = lasting();
  const turn = inComposeTurn({ project: '/c', action, signal: ending.signal, cancelled: 'cancelled' });
  await staysPending(turn, 5);
  ending.abort();
  await staysPending(turn, 20);
  end();
  expect(await turn).toBe('done');
});

test('a compose project is told by its name, else by the folder of its first file', () => {
  expect(composeProject({ files: [] }, '/p/api', {})).toBe('/p/api');
  expect(composeProject({ files: ['../ops/compose.yml', 'more.yml'] }, '/p/api', {})).toBe('/p/ops');
  expect(composeProject({ files: ['x.yml'] }, '/p', { COMPOSE_PROJECT_NAME: 'shop' })).toBe('shop');
});
