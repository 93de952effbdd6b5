import { expect, test } from 'vitest';
import type { ProbePlan } from '../../src/plan/probe-plan.ts';
import { writtenAddresses } from '../../src/runtime/supervisor/run/written-addresses.ts';
import { servicePlan } from '../plan/service-plan.ts';

const ENVIRONMENT = { exported: { DB_PORT: '5432', WORD: 'abc' }, named: { DB: 'tcp:db:1' } };

const { health } = servicePlan();

function httpProbe(target: string): ProbePlan {
  return { kind: 'http', target, expect: [] };
}

function addresses(waitFor: readonly string[], probe: ProbePlan = { kind: 'any-answer' }) {
  return writtenAddresses({ waitFor, health: { ...health, probe } }, ENVIRONMENT);
}

test('what a service waits for has the values of its variables', () => {
  expect(addresses(['tcp:localhost:$DB_PORT', '$DB', `file:${'$'}{NONE:-built}`])).toEqual({
    ok: true,
    value: ['tcp:localhost:5432', 'tcp:db:1', 'file:built'],
  });
});

test.each(['tcp:localhost:$NONE', 'tcp:localhost:$WORD', '$NONE', `http://[${'$'}{NONE}/`, `tcp:1${'$'}{`])(
  'of `%s`, which comes to be no address, a start tells',
  (written) => {
    const error = { reason: 'address-invalid', key: 'waitFor', written };
    expect(addresses(['tcp:1', written])).toEqual({ ok: false, error });
  },
);

test('a health URL that is none is told before anything is spawned, one that is may have variables', () => {
  const written = 'http://localhost:$WORD/';
  const error = { reason: 'address-invalid', key: 'health', written };
  expect(addresses([], httpProbe(written))).toEqual({ ok: false, error });
  expect(addresses([], httpProbe('http://localhost:$DB_PORT/x'))).toEqual({ ok: true, value: [] });
});
