import { expect, test } from 'vitest';
import { isReached, isReachedAs } from '../../src/runtime/health/probe-address.ts';

test('a server is reached by an address that it listens on, by the wildcard of its family, and by both through `::`', () => {
  const both = ['::1', '127.0.0.1'];
  expect(isReached(['127.0.0.1'], ['127.0.0.1'])).toBe(true);
  expect(isReached(['::1'], ['127.0.0.1'])).toBe(false);
  expect(isReached(['127.0.0.1'], ['::1'])).toBe(false);
  expect(isReached(['::1'], both)).toBe(true);
  expect(isReached(['::'], ['127.0.0.1'])).toBe(true);
  expect(isReached(['0.0.0.0'], ['127.0.0.1'])).toBe(true);
  expect(isReached(['0.0.0.0'], ['::1'])).toBe(false);
  expect(isReached(['::ffff:127.0.0.1'], ['127.0.0.1'])).toBe(true);
  expect(isReached(['::1'], [])).toBe(true);
});

test.each([
  ['127.0.0.1', 'localhost', true],
  ['::1', 'localhost', true],
  ['0.0.0.0', 'localhost', true],
  ['::', 'localhost', true],
  ['::ffff:127.0.0.1', 'localhost', true],
  ['192.168.1.7', 'localhost', false],
  ['127.0.20.4', 'localhost', false],
  ['192.168.1.7', '192.168.1.7', true],
  ['0.0.0.0', '192.168.1.7', true],
])('a listener on %s is reached as %s: %j', (address, host, isFound) => {
  expect(isReachedAs(address, host)).toBe(isFound);
});
