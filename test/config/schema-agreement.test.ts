import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { loadConfigFile } from '../../src/config/load-config.ts';

const ajv = new Ajv({ strict: false, formats: { regex: isRegularExpression } });
const accepts = ajv.compile(JSON.parse(configJsonSchema()));

/** What is written where it belongs and where it does not: each kind of value, good and nearly good. */
const scalar = fc.constantFrom<unknown>(
  ...[
    '',
    ' ',
    'x',
    '/',
    '/health',
    'http://localhost/',
    'ftp://x',
    'auto',
    '$PORT',
    '0',
    '1',
    '3000',
    '65535',
    '65536',
    '070',
  ],
  ...[
    '10s',
    '0s',
    '0.0s',
    '500 ms',
    '1.5h',
    '23d',
    '22d',
    '600h',
    '2147483648ms',
    '0.0001ms',
    '-1s',
    '1w',
    '9'.repeat(400),
  ],
  ...[
    '512MB',
    '0GB',
    '1.5kib',
    '0.00001',
    '10 parsecs',
    'on-failure',
    'SIGTERM',
    'tcp:1',
    '/abs',
    '~/x',
    'a/b',
    'localhost',
    '::1',
  ],
  ...[0, 1, -1, 0.5, 1e-7, 80, 65536, 100, 404, 700, 1e21, 2147484, true, false, null],
);
const name = fc.constantFrom('a', 'web-1', 'A', '1a', '', 'a'.repeat(63), 'a'.repeat(64), '__proto__', 'constructor');
const list = fc.array(scalar, { maxLength: 2 });
const value = fc.oneof({ weight: 6, arbitrary: scalar }, list, fc.constant({}));

/** A mapping that has its keys seldom, so that most of what is generated has one mistake or none. */
function mapping(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  const keys = Object.keys(members);
  const unknown = fc.tuple(fc.constantFrom('unknown', '__proto__'), scalar);
  const known = fc.constantFrom(...keys).chain((key) => fc.tuple(fc.constant(key), members[key] ?? value));
  return fc
    .array(fc.oneof({ weight: 20, arbitrary: known }, { weight: 1, arbitrary: unknown }), { maxLength: 3 })
    .map((pairs) => fromPairs(pairs));
}

/** `__proto__` becomes a key like any other, as `JSON.parse` makes it. */
function fromPairs(pairs: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(pairs);
}

function record(key: fc.Arbitrary<string>, member: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(key, member), { minLength: 1, maxLength: 2 }).map(fromPairs);
}

/** Members with some values that are right; one in ten is anything. */
function members(good: Readonly<Record<string, readonly unknown[]>>): Record<string, fc.Arbitrary<unknown>> {
  const arbitraries = Object.entries(good).map(([key, values]) => [key, mostly(fc.constantFrom(...values))] as const);
  return Object.fromEntries(arbitraries);
}

function mostly(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: value });
}

const TIMES = ['10s', '1.5h', 3, 0.5, '22d', '499h'];
const SIZES = ['512MB', 1, '1.5 gib', '0.0001'];
const names = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('a', 'web-1') }, { weight: 1, arbitrary: name });
const env = record(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom('A', 'a_1') }, { weight: 1, arbitrary: name }),
  mostly(fc.constantFrom<unknown>('x', '', 1, true)),
);
const health = mapping({
  ...members({ http: ['/', 'http://localhost/'], tcp: [true, false], command: ['x'], log: ['ready', '(a|b)'] }),
  ...members({ expect: [200, [200, 404]], initialDelay: [0, ...TIMES], period: TIMES, slow: TIMES }),
  ...members({ successThreshold: [1, 100], failureThreshold: [3] }),
});
const restart = mapping({
  ...members({
    policy: ['never', 'always'],
    maxRestarts: [0, 5],
    window: TIMES,
    on: [['crash', 'slow'], ['unhealthy'], ['crash', 'memory']],
    onUnhealthy: [true],
    maxMemory: SIZES,
  }),
  backoff: mostly(mapping(members({ initial: [0, ...TIMES], max: TIMES }))),
});
const rest = mapping({
  ...members({
    cwd: ['a/b'],
    host: ['localhost', '::1'],
    onConflict: ['fail', 'fallback', { policy: 'fallback' }],
    before: ['x'],
    nice: [0, 19, '$N'],
    instances: [1, 10],
    waitFor: [['tcp:1']],
  }),
  ...members({ envFile: [['.env']], dependsOn: [[], ['a']] }),
  port: mostly(
    fc.oneof(
      fc.constantFrom<unknown>(1, 65535, '65535', 'auto', '$P'),
      mapping(members({ number: [80], fallback: [false, 1] })),
    ),
  ),
  health: mostly(fc.oneof(fc.constantFrom('/', 'http://localhost/'), health, health)),
  restart: mostly(fc.oneof(fc.constantFrom('always', 'on-failure'), restart)),
  stop: mostly(mapping(members({ signal: ['SIGINT'], grace: [0, ...TIMES] }))),
  env: mostly(env),
});
const runs = fc.constantFrom({ command: 'x' }, { command: 'x' }, { container: 'db' });
const service = fc
  .tuple(runs, rest)
  .map(([written, more]) => ({ ...written, ...(typeof more === 'object' ? more : {}) }));
const task = mapping({
  ...members({ run: ['x'], desc: ['x'], cwd: ['a'], deps: [['a'], []], needs: [['a']], inputs: [['**']] }),
  env: mostly(env),
});
const step = mapping({
  ...members({ run: ['x'], cwd: ['a'], inputs: [['**'], []], outputs: [['x']] }),
  ...members({ copy: ['.env.example', '../x'], to: ['.env', 'a/../b', 'x/'] }),
  env: mostly(env),
});
const parts = mapping({
  ...members({ $schema: ['x'], name: ['x'], aliases: ['x'] }),
  services: mostly(record(names, mostly(service))),
  tasks: mostly(record(names, mostly(task))),
  setup: mostly(fc.oneof(fc.constant('never'), record(names, mostly(step)))),
  hooks: mostly(mapping(members({ webhook: ['$X', 'https://x'], command: ['x'], desktop: [true] }))),
  logs: mostly(mapping(members({ maxSize: SIZES, keep: [0, 3] }))),
  emit: mostly(mapping(members({ makefile: [true], guide: [false] }))),
});

/** Neither services nor tasks is one mistake of many. */
const config = fc.oneof(
  { weight: 1, arbitrary: parts },
  { weight: 4, arbitrary: parts.map((rest) => ({ services: {}, ...(typeof rest === 'object' ? rest : {}) })) },
);

test('schema.json and the loader agree on ten thousand configs', async () => {
  const counts = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(config, async (data) => {
      const text = JSON.stringify(data);
      const loaded = await loadConfigFile({ root: '/', file: 'devgen.config.json', format: 'json', text });
      expect({ text, isValid: accepts(JSON.parse(text)) }).toEqual({ text, isValid: loaded.ok });
      counts[loaded.ok ? 'accepted' : 'refused']++;
    }),
    { numRuns: 10_000 },
  );
  // Else it would say little.
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(1000);
}, 120_000);

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}
