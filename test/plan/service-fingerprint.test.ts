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
