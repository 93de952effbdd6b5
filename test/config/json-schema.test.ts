import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { EMIT_NAMES } from '../../src/manifest/emitted-files.ts';
import { repository } from '../rig/project.ts';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
}

const schema: Schema = JSON.parse(configJsonSchema());

test('the schema for editors is always the same, and has no address that repositories refuse', () => {
  expect(configJsonSchema()).not.toContain('http://');
  expect(configJsonSchema()).toBe(configJsonSchema());
  expect(configJsonSchema().endsWith('}\n')).toBe(true);
});

test('it allows the keys that the config may have, and no others', () => {
  const service = schema.properties?.services?.additionalProperties;
  expect(Object.keys(schema.properties ?? {})).toEqual([
    '$schema',
    'name',
    'aliases',
    'launcher',
    'services',
    'tasks',
    'setup',
    'hooks',
    'ports',
    'worktree',
    'idleStop',
    'logs',
    'emit',
  ]);
  expect(schema.additionalProperties).toBe(false);
  expect(service).toMatchObject({ additionalProperties: false });
  expect(service).toMatchObject({ oneOf: [{ required: ['command'] }, { required: ['container'] }] });
});

test('every key of a service says what it is for', () => {
  const service = schema.properties?.services?.additionalProperties;
  if (typeof service !== 'object') throw new Error('no schema of a service');
  for (const [key, value] of Object.entries(service.properties ?? {}))
    expect(value.description, key).toBeTypeOf('string');
});

test('every kind of generated file can be chosen, and says what it is and whether it is the default', () => {
  const emit = schema.properties?.emit?.properties ?? {};
  expect(Object.keys(emit)).toEqual(EMIT_NAMES);
  for (const [key, value] of Object.entries(emit)) expect(value.description, key).toContain('Default: ');
});

test('the document on the config names every kind of generated file that can be chosen', () => {
  const row = readFileSync(join(repository, 'docs/configuration.md'), 'utf8')
    .split('\n')
    .find((line) => line.startsWith('| `emit` |'));
  expect(EMIT_NAMES.filter((name) => row?.includes(`\`${name}\``))).toEqual(EMIT_NAMES);
});
