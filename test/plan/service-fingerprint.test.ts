import { expect, test } from 'vitest';
import { changedParts } from '../../src/plan/changed-parts.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { serviceFingerprint } from '../../src/plan/service-fingerprint.ts';
import { planOf } from './plans.ts';

test.each([
  ['its command', { command: 'serve $HERE' }],
  ['what goes before it', { before: 'migrate $HERE' }],
  ['what it waits for', { waitFor: ['http-get://$HERE/'] }],
  ['the address of its probe', { health: { http: 'http://$HERE/' } }],
  ['the command of its probe', { health: { command: 'ask $HERE' } }],
  ['its port', { port: '$HERE' }],
  ['its variables', { env: { AT: '$HERE' } }],
])('a service is told as changed when `.env` gives another value to what %s names', (_, written) => {
  const plan = planOf({ services: { web: { command: 'serve', port: 8000, ...written } } });
  const withDotenv = (dotenv: Plan['dotenv']) => serviceFingerprint({ ...plan, dotenv }, 'web');
  const [then, now] = [withDotenv({ HERE: 'one', OTHER: 'one' }), withDotenv({ HERE: 'two', OTHER: 'one' })];

  expect(changedParts(then ?? '', now)).toEqual(['.env']);
  expect(withDotenv({ HERE: 'one', OTHER: 'two' })).toBe(then);
});

test('a service is told as changed when an env file changes an amount of its config, and not when this shell does', () => {
  const sumOf = (dotenv: Plan['dotenv'], shell: Record<string, string> = {}, grace = `\${GRACE:-3s}`) =>
    serviceFingerprint(
      planOf({ services: { web: { command: 'serve', stop: { grace } } } }, { root: dotenv }, shell),
      'web',
    );
  expect(sumOf({ GRACE: '4s' })).not.toBe(sumOf({}));
  expect(sumOf({}, {}, `\${GRACE:-3000ms}`)).not.toBe(sumOf({}));
  expect(sumOf({}, { GRACE: '4s' })).toBe(sumOf({}));
  expect(sumOf({}, { GRACE: '4s' }, '$GRACE')).toBe(sumOf({}, { GRACE: '5s' }, '$GRACE'));
});
