import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLogAddress, writeLogAddress } from '../../src/ui/logs/log-address.ts';

test('an address of a log names services and what is looked for in it', () => {
  expect(writeLogAddress({ services: [], wanted: '' })).toBe('#logs');
  expect(writeLogAddress({ services: ['web', 'api'], wanted: '' })).toBe('#logs/web,api');
  expect(writeLogAddress({ services: ['web'], wanted: 'a/b' })).toBe('#logs/web/a%2Fb');
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[\w.-]{1,9}$/)),
      fc.string({ unit: 'grapheme', maxLength: 50 }),
      (services, wanted) => {
        const address = { services, wanted };
        expect(readLogAddress(writeLogAddress(address))).toEqual(address);
      },
    ),
  );
});

test('an address that makes no sense shows all', () => {
  for (const hash of ['', '#', '#logs', '#logs/%', '#logs/%/%ff', '#logs//'])
    expect(readLogAddress(hash), hash).toEqual({ services: [], wanted: '' });
});

test('half a character, as a cut may leave it, keeps no address from being made', () => {
  expect(writeLogAddress({ services: [], wanted: 'a\ud83d' })).toBe('#logs//a');
});

test('of a long line its beginning is looked for', () => {
  const { wanted } = readLogAddress(writeLogAddress({ services: ['web'], wanted: '\u{1f600}'.repeat(300) }));
  expect(wanted).toBe('\u{1f600}'.repeat(200));
});
