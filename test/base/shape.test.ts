import { expect, test } from 'vitest';
import { findMismatch, parseJson, parseShape } from '../../src/base/parse-shape.ts';
import {
  amount,
  anyOf,
  anything,
  boolean,
  dictionaryOf,
  elapsedMs,
  integer,
  integerBetween,
  listOf,
  matching,
  nullable,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  variant,
} from '../../src/base/shape.ts';
import { shapeToSchema } from '../../src/cli/documents/shape-to-schema.ts';
import { planShape } from '../../src/plan/plan.ts';
import { serviceStatusShape } from '../../src/runtime/state/service-status.ts';
import { sampleStatus } from '../runtime-state/sample-state.ts';

const shape = object({
  name: text,
  port: integerBetween(1, 65_535),
  tags: listOf(matching(/^[a-z]+$/)),
  env: dictionaryOf(nullable(text)),
  state: variant('kind', { up: { pid: integer }, down: {} }, { wanted: boolean }),
});

const good = {
  name: 'web',
  port: 80,
  tags: ['a', 'b'],
  env: { A: '1', B: null },
  state: { wanted: true, kind: 'up', pid: 7 },
};

test('what a shape admits is read as it is, without the fields that the shape does not know', () => {
  const state = { ...good.state, more: 1 };
  expect(parseShape(shape, { ...good, state, extra: [] })).toEqual(good);
  expect(parseShape(shape, { ...good, state: { kind: 'down', wanted: false, pid: 7 } })).toEqual({
    ...good,
    state: { kind: 'down', wanted: false },
  });
});

test.each([
  ['name', { ...good, name: undefined }],
  ['port', { ...good, port: 65_536 }],
  ['port', { ...good, port: 1.5 }],
  ['tags', { ...good, tags: { length: 0 } }],
  ['tags.1', { ...good, tags: ['a', 'B'] }],
  ['env', { ...good, env: [] }],
  ['env.A', { ...good, env: { A: 1 } }],
  ['state.kind', { ...good, state: { kind: 'constructor', wanted: true } }],
  ['state.kind', { ...good, state: { kind: ['up'], wanted: true, pid: 1 } }],
  ['state.wanted', { ...good, state: { kind: 'up', pid: 1 } }],
  ['state.pid', { ...good, state: { kind: 'up', wanted: true, pid: null } }],
  ['', null],
  ['', [good]],
])('the place of what is wrong is told: %j', (place, value) => {
  expect(parseShape(shape, value)).toBeUndefined();
  expect(findMismatch(shape, value)).toBe(place);
});

test.each<[Shape<unknown>, readonly unknown[], readonly unknown[]]>([
  [text, ['', 'x'], [1, null, undefined, ['x']]],
  [boolean, [true, false], [0, 'true', null]],
  [amount, [0, 1.5, Number.MAX_VALUE], [-1, Number.NaN, Number.POSITIVE_INFINITY, '1', null]],
  [elapsedMs, [-3.5, 0, 9], [Number.NaN, Number.NEGATIVE_INFINITY, '1']],
  [integer, [-5, 0, 2 ** 53 - 1], [0.5, 2 ** 53, '1']],
  [oneOf<'a' | 1 | null>('a', 1, null), ['a', 1, null], ['b', 2, undefined, '1']],
  [anything, [null, {}, 'x'], [undefined]],
])('a leaf admits exactly what it says: %j', (leaf, admitted, refused) => {
  for (const value of admitted) expect(parseShape(leaf, value)).toBe(value);
  for (const value of refused) expect(parseShape(leaf, value)).toBeUndefined();
});

test('a field may be absent, and a value be one of several things', () => {
  const loose = object({ name: optional(text), port: anyOf(integer, oneOf('auto'), object({ number: integer })) });
  for (const value of [{ port: 1 }, { name: 'x', port: 'auto' }, { port: { number: 2 } }]) {
    expect(parseShape(loose, value)).toEqual(value);
  }
  for (const value of [{}, { name: null, port: 1 }, { port: {} }]) expect(parseShape(loose, value)).toBeUndefined();
});

test('a key that means something to JavaScript is a key like any other in a dictionary', () => {
  const json = '{"__proto__":"x","constructor":"y"}';
  const read = parseJson(json, dictionaryOf(text));
  expect(Object.entries(read ?? {})).toEqual(Object.entries(JSON.parse(json)));
  expect(parseJson('{"__proto__":{"name":"x"}}', object({ name: text }))).toBeUndefined();
});

test('a JSON Schema is made of a shape', () => {
  const described = shapeToSchema(planShape, new Map());
  expect(JSON.stringify(described)).not.toContain('undefined');
  expect(shapeToSchema(serviceStatusShape, new Map())).toMatchObject({
    type: 'object',
    required: Object.keys(sampleStatus()),
    properties: { port: { anyOf: [{ type: 'integer', minimum: 1, maximum: 65_535 }, { type: 'null' }] } },
  });
});
