import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NAME_PATTERN } from '../../src/config/name-rule.ts';
import { RESERVED_NAMES, RESERVED_TASK_NAMES } from '../../src/config/reserved-names.ts';
import { variablePrefix } from '../../src/config/variable-prefix.ts';
import { planOf, serviceOf } from './plans.ts';

describe('compilePlan', () => {
  test('applies every default', () => {
    expect(
      planOf({ services: { web: { command: ' npm run dev\n', port: 3000 } }, tasks: { test: { run: 'x' } } }),
    ).toEqual({
      digests: { web: expect.stringMatching(/^[0-9a-f]{16}$/) },
      schemaVersion: 1,
      name: 'shop',
      aliasPrefix: 'shop',
      configFile: 'devgen.config.yaml',
      services: [
        {
          name: 'web',
          command: 'npm run dev',
          runs: { kind: 'process' },
          cwd: '.',
          host: 'localhost',
          port: { kind: 'wanted', expression: '3000', fallbackSpan: 10 },
          onConflict: { policy: 'fallback', graceMs: 5000 },
          health: {
            probe: { kind: 'any-answer' },
            initialDelayMs: 0,
            periodMs: 10_000,
            calmPeriodMs: 60_000,
            timeoutMs: 5_000,
            successThreshold: 1,
            failureThreshold: 3,
            startTimeoutMs: 60_000,
            slowMs: 500,
            criticalMs: 2_000,
          },
          restart: {
            policy: 'on-failure',
            maxRestarts: 5,
            windowMs: 60_000,
            backoff: { initialMs: 1_000, maxMs: 30_000 },
            on: ['memory'],
            maxMemoryBytes: null,
          },
          stop: { signal: 'SIGTERM', graceMs: 10_000 },
          before: null,
          waitFor: [],
          dependsOn: [],
          envFiles: [],
          docs: null,
          nice: 0,
          open: false,
          dotenv: {},
          env: {},
        },
      ],
      tasks: [
        { name: 'test', run: 'x', description: '', cwd: '.', deps: [], needs: [], inputs: [], outputs: [], env: {} },
      ],
      setup: [],
      dotenv: {},
      logs: { maxBytes: 20_971_520, keepFiles: 3, maxAgeMs: 30 * 86_400_000 },
      hooks: { webhook: null, command: null, desktop: false },
      idleStopMs: null,
      worktree: { copy: [], label: null },
      worktreePorts: 'slots',
    });
  });

  test.each([
    [undefined, { kind: 'none' }],
    ['auto', { kind: 'auto' }],
    ['$API_PORT', { kind: 'wanted', expression: '$API_PORT', fallbackSpan: 10 }],
    [
      { number: 80, fallback: false },
      { kind: 'wanted', expression: '80', fallbackSpan: 0 },
    ],
    [
      { number: '80', fallback: 3 },
      { kind: 'wanted', expression: '80', fallbackSpan: 3 },
    ],
  ])('the port %j', (port, expected) => {
    const plan = planOf({ services: { web: { command: 'x', ...(port === undefined ? {} : { port }) } } });
    expect(serviceOf(plan, 'web').port).toEqual(expected);
  });

  test.each([
    [{ port: 1 }, { kind: 'any-answer' }],
    [{}, { kind: 'process' }],
    [
      { port: 1, health: '/up' },
      { kind: 'http', target: '/up', expect: [] },
    ],
    [
      { port: 1, health: { http: '/up', expect: 204 } },
      { kind: 'http', target: '/up', expect: [204] },
    ],
    [{ port: 1, health: { tcp: true } }, { kind: 'tcp' }],
    [{ port: 1, health: { slow: '1s' } }, { kind: 'any-answer' }],
    [{ health: { command: 'true' } }, { kind: 'command', command: 'true' }],
    [{ health: { log: 'ready' } }, { kind: 'log', pattern: 'ready' }],
  ])('the probe of %j', (service, expected) => {
    expect(serviceOf(planOf({ services: { web: { command: 'x', ...service } } }), 'web').health.probe).toEqual(
      expected,
    );
  });

  test.each([
    ['./backend/', 'backend'],
    ['a/../b', 'b'],
    ['../x', '../x'],
    ['./', '.'],
  ])('the directory %s is %s', (cwd, expected) => {
    expect(serviceOf(planOf({ services: { web: { command: 'x', cwd } } }), 'web').cwd).toBe(expected);
  });

  test.each([
    ['My Shop 2', 'my-shop-2'],
    ['zyronAI', 'zyron-ai'],
    ['123', 'dev'],
    ['ok', 'ok'],
  ])('a project called %s has aliases that begin with %s', (name, prefix) => {
    expect(planOf({ name, tasks: { test: { run: 'x' } } }).aliasPrefix).toBe(prefix);
  });

  test('each service stands after everything it depends on, otherwise where the config has it', () => {
    const services = {
      web: { command: 'x', dependsOn: ['api', 'auth'] },
      docs: { command: 'x' },
      api: { command: 'x', dependsOn: ['db'] },
      auth: { command: 'x', dependsOn: ['db'] },
      db: { command: 'x' },
    };
    expect(planOf({ services }).services.map(({ name }) => name)).toEqual(['db', 'api', 'auth', 'web', 'docs']);
  });
});

describe('names', () => {
  test('a verb can be the name of a task, but not of a service', () => {
    expect(() => planOf({ services: { check: { command: 'x' } } })).toThrow('no service can be called `check`');
    expect(planOf({ tasks: { check: { run: 'x' } } }).tasks).toHaveLength(1);
  });

  test('every reserved name is refused', () => {
    for (const name of RESERVED_NAMES) expect(() => planOf({ services: { [name]: { command: 'x' } } }), name).toThrow();
    for (const name of RESERVED_TASK_NAMES) expect(() => planOf({ tasks: { [name]: { run: 'x' } } }), name).toThrow();
  });

  test('no two allowed names make the same environment variable', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/).filter((text) => NAME_PATTERN.test(text));
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(variablePrefix(one) === variablePrefix(other)).toBe(one === other);
      }),
    );
  });
});
