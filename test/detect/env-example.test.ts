import { expect, test } from 'vitest';
import { exampleOf } from '../../src/detect/source/env-example.ts';

test.each([
  ['.env.example', '.env'],
  ['.env.local.example', '.env.local'],
  ['.env.example.local', '.env.local'],
  ['.env-sample', '.env'],
  ['env_template', '.env'],
  ['dotenv.dist', '.env'],
  ['sample.env', '.env'],
  ['.env.development.tpl', '.env.development'],
  ['env-example-postgres', '.env.postgres'],
  ['local.env.example', '.local.env'],
  ['.env', undefined],
  ['.env.defaults', undefined],
  ['.env.test.example', undefined],
  ['.env.production.sample', undefined],
  ['env.example.ts', undefined],
  ['example.json', undefined],
])('%s is the example of %s', (name, made) => {
  expect(exampleOf(name)).toBe(made);
});
