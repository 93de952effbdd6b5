import { expect, test } from 'vitest';
import { referencesTo } from '../../src/plan/references-to.ts';

const NOWHERE = { env: [], isInCommand: false };

test.each([
  ['$API_SERVER_URL', true],
  ['http://\u0024{API_SERVER_HOST}:\u0024{API_SERVER_PORT:-80}/v1', true],
  ['\u0024{PROXY:-$API_SERVER_URL}', true],
  ['$API_SERVER_URL_OLD', false],
  ['$OTHER_API_SERVER_URL', false],
  ['$API_SERVER', false],
  ['$$API_SERVER_URL', false],
])('the value %j of `env` names `api-server`: %j', (value, isNamed) => {
  expect(referencesTo({ command: 'x', env: { TARGET: value, PLAIN: '1' } }, 'api-server')).toEqual({
    ...NOWHERE,
    env: isNamed ? ['TARGET'] : [],
  });
});

test.each([
  ['vite --proxy $API_URL', true],
  ['echo \u0024{X%y}; curl "\u0024{API_PORT}"', true],
  ['curl $API_URLS', false],
])('the command %j names `api`: %j', (command, isNamed) => {
  expect(referencesTo({ command, env: {} }, 'api')).toEqual({ ...NOWHERE, isInCommand: isNamed });
  expect(referencesTo({ command: 'x', before: command, env: {} }, 'api').isInCommand).toBe(isNamed);
});
