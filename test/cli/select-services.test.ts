import { expect, test } from 'vitest';
import { selectNames, selectServices } from '../../src/cli/status/select-services.ts';

const PLAN = { services: ['api.1', 'api.2', 'web'].map((name) => ({ name })) };

test.each([
  [[], ['api.1', 'api.2', 'web']],
  [
    ['web', 'api.2'],
    ['api.2', 'web'],
  ],
  [['api'], ['api.1', 'api.2']],
  [
    ['api', 'api.2'],
    ['api.1', 'api.2'],
  ],
])('%j names %j', (names, meant) => {
  const selected = selectServices(PLAN, names);
  expect(selected.ok && selected.value.map(({ name }) => name)).toEqual(meant);
  expect(selectNames(PLAN, names)).toEqual({ ok: true, value: names.length === 0 ? [] : meant });
});

test.each([
  [['wep'], 'Did you mean `web`?'],
  [['api.3'], 'Did you mean `api.1`?'],
  [['web', 'stop'], 'A command comes first: `stop web`.'],
  [['something'], 'The services are `api`, `api.1`, `api.2`, `web`.'],
])('%j gets the hint %s', (names, hint) => {
  const selected = selectServices(PLAN, names);
  expect(selected.ok ? [] : selected.error.map((each) => each.hint)).toEqual([hint]);
});
