import { expect, test } from 'vitest';
import { secretsOf } from '../../src/plan/secrets.ts';
import { planOf } from './plans.ts';

test('a password is secret wherever the config of a service may hold one', () => {
  const web = {
    command: 'serve --password in-its-command1',
    before: 'migrate --password in-its-before1',
    waitFor: ['http://me:in-its-wait1@db/'],
    health: { command: 'ask --password in-its-probe1' },
  };
  expect(secretsOf(planOf({ services: { web } }), {})).toEqual([
    'in-its-command1',
    'in-its-before1',
    'in-its-probe1',
    'in-its-wait1',
  ]);
});
