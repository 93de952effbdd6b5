import { expect, test } from 'vitest';
import { portNumber } from '../../src/base/port-number.ts';

test.each([
  ['1', 1],
  ['8000', 8000],
  [' 8000\n', 8000],
  [3000, 3000],
  ['65535', 65_535],
])('%j is a port', (written, port) => {
  expect(portNumber(written)).toBe(port);
});

test.each(['0', '65536', '99999', '', ' ', '-1', '1e3', '80.0', '0x50', '8000/tcp', 70_000, 1.5, null, undefined])(
  '%j is no port',
  (written) => {
    expect(portNumber(written)).toBeNull();
  },
);
