import { expect, test } from 'vitest';
import { mayHaveName } from '../../src/cli/status/browser-url.ts';
import { servicePlan } from '../plan/service-plan.ts';

test.each<[string, Record<string, string>, Record<string, string>, boolean]>([
  ['neither knows of the other', {}, {}, true],
  ['its server hands requests on', { BACKEND: '$API_URL' }, {}, true],
  ['its pages call the other one', { VITE_API_URL: '$API_URL/v1' }, {}, false],
  ['the other one admits its origin', {}, { CORS_ORIGIN: '$WEB_URL' }, false],
])('a frontend has a name of its own for browsers or not: %s', (_, ofWeb, ofApi, expected) => {
  const services = [servicePlan({ name: 'web', env: ofWeb }), servicePlan({ name: 'api', env: ofApi })];
  expect(mayHaveName({ services }, 'web')).toBe(expected);
});
