import { expect, test } from 'vitest';
import { findMismatch, parseJson, parseShape } from '../../src/base/parse-shape.ts';
import {
  amount,
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
  type Shape,
  text,
  variant,
} from '../../src/base/shape.ts';
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

test('a key that means something to JavaScript is a key like any other in a dictionary', () => {
  const json = '{"__proto__":"x","constructor":"y"}';
  const read = parseJson(json, dictionaryOf(text));
  expect(Object.entries(read ?? {})).toEqual(Object.entries(JSON.parse(json)));
  expect(parseJson('{"__proto__":{"name":"x"}}', object({ name: text }))).toBeUndefined();
});

test('a shape is data from which another description can be made', () => {
  const described = describe(planShape);
  expect(JSON.stringify(described)).not.toContain('undefined');
  expect(describe(serviceStatusShape)).toMatchObject({
    type: 'object',
    required: Object.keys(sampleStatus()),
    properties: { port: { anyOf: [{ type: 'integer', minimum: 1, maximum: 65_535 }, { type: 'null' }] } },
  });
});

/** The shape as a JSON Schema, as far as is needed to see that nothing of it is hidden in code. */
function describe(shape: Shape<unknown>): Record<string, unknown> {
  switch (shape.kind) {
    case 'anything':
      return {};
    case 'text':
      return { type: 'string', ...(shape.pattern && { pattern: shape.pattern.source }) };
    case 'number':
      return { type: shape.isWhole ? 'integer' : 'number', minimum: shape.least, maximum: shape.greatest };
    case 'words':
      return { enum: shape.words };
    case 'nullable':
      return { anyOf: [describe(shape.of), { type: 'null' }] };
    case 'list':
      return { type: 'array', items: describe(shape.of) };
    case 'dictionary':
      return { type: 'object', additionalProperties: describe(shape.of) };
    case 'object':
      return describeFields(shape.fields);
    case 'variant': {
      const { tag, cases, common } = shape;
      const all = Object.entries(cases);
      return { oneOf: all.map(([word, own]) => describeFields({ ...common, [tag]: oneOf(word), ...own })) };
    }
  }
}

function describeFields(fields: Readonly<Record<string, Shape<unknown>>>): Record<string, unknown> {
  const properties = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, describe(field)]));
  return { type: 'object', properties, required: Object.keys(fields) };
}
