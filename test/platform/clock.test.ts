import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';

const DAY_MS = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a wait may be longer than a timer of Node’s can be', async () => {
  const action = vi.fn();
  systemClock.schedule(60 * DAY_MS, action);
  const delayed = vi.fn();
  void systemClock.delay(60 * DAY_MS).then(delayed);
  await vi.advanceTimersByTimeAsync(60 * DAY_MS - 1);
  expect([action, delayed].map((each) => each.mock.calls.length)).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(1);
  expect([action, delayed].map((each) => each.mock.calls.length)).toEqual([1, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

test('what is cancelled, at whatever time, does not happen', async () => {
  const action = vi.fn();
  const scheduled = systemClock.schedule(60 * DAY_MS, action);
  const ending = new AbortController();
  const delayed = systemClock.delay(60 * DAY_MS, ending.signal);
  await vi.advanceTimersByTimeAsync(40 * DAY_MS);
  scheduled.cancel();
  ending.abort();
  await delayed;
  expect(vi.getTimerCount()).toBe(0);
  expect(action).not.toHaveBeenCalled();
});
