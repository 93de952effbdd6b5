import { expect, test } from 'vitest';
import { newAddress } from '../../src/cli/ui/own-address.ts';

test('a page is called by the names of this machine alone, with its port unless that is the usual one', () => {
  expect([...newAddress(8080).hosts]).toEqual(['127.0.0.1:8080', 'localhost:8080', '[::1]:8080']);
  expect([...newAddress(80).hosts]).toEqual(['127.0.0.1', 'localhost', '[::1]']);
});
