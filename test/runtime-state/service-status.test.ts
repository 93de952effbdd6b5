import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Failure } from '../../src/runtime/state/lifecycle.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import type { ServiceStatus } from '../../src/runtime/state/service-status.ts';
import { readStatus, writeStatus } from '../../src/runtime/state/status-file.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

// The format once more, in other words and by another library: what one of the two believes the other one has to believe.
const amount = z.number().nonnegative();
const elapsed = z.number();
const integer = z.int();
const port = z.int().min(1).max(65_535);
const pid = z
  .int()
  .min(2)
  .max(2 ** 31 - 1);
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const text = z.string();
const lastLines = z.array(text);
const exit = z.object({ code: integer.nullable(), signal: text.nullable() });
const identity = z.object({ bootId: text, pidNamespace: text, pid, startTime: amount });
const seen = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing-listens') }),
  z.object({ kind: z.literal('no-answer'), address: text }),
  z.object({ kind: z.literal('status'), url: text, status: integer }),
  z.object({ kind: z.literal('error'), message: text }),
]);
const relation = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['own-run', 'own-leftover', 'sibling-service']), service: text }),
  z.object({ kind: z.literal('other-checkout'), root: text, branch: text.nullable(), service: text }),
  z.object({ kind: z.literal('container-engine'), container: text.nullable() }),
  z.object({ kind: z.enum(['client', 'privileged', 'untouchable']) }),
  z.object({ kind: z.literal('stranger'), resembles: text.nullable() }),
]);
const holder = z.object({
  pid: integer.nullable(),
  command: text.nullable(),
  user: text.nullable(),
  cwd: text.nullable(),
  relation,
});
const holders = z.array(holder);
const remedy = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('install'), module: text, command: text, folder: text }),
    z.object({ kind: z.literal('use-port'), port, place: text.nullable() }),
    z.object({ kind: z.literal('mend'), error: text, place: text }),
  ])
  .nullable();
const policy = z.enum(['fallback', 'kill', 'ask', 'fail']);
const left = z.array(z.object({ pid: integer, command: text }));
const failureFields: Readonly<Record<Failure['reason'], z.ZodRawShape>> = {
  'command-not-found': { command: text, path: text, remedy },
  'spawn-failed': { code: text, message: text },
  'cwd-missing': { cwd: text },
  'ended-unseen': {},
  'before-failed': { command: text, exit, lastLines },
  'before-timeout': { command: text, timeoutMs: amount, lastLines },
  'wait-for-timeout': { resource: text, timeoutMs: amount },
  'dependency-failed': { dependency: text },
  exited: { exit, afterMs: elapsed, wasReady: z.boolean(), lastLines, remedy },
  'start-timeout': { timeoutMs: amount, seen, lastLines, remedy },
  'port-conflict': { port, policy, holders, tried: z.array(port) },
  'port-invalid': { expression: text, value: text, source: text },
  'port-stolen': { port, holders },
  'not-listening': { port, lastLines, remedy },
  'crash-loop': { crashes: amount, windowMs: amount, exit, lastLines },
  unhealthy: { failures: amount, seen },
  'stop-incomplete': { left, port: port.nullable() },
  'state-unwritable': { path: text, code: text },
  'record-unreadable': { path: text, because: z.enum(['denied', 'damaged']), owner: text },
  'environment-invalid': { variable: text, message: text },
  'starts-itself': { command: text },
  'address-invalid': { key: z.enum(['health', 'waitFor']), written: text },
  blocked: { by: text },
  'memory-exceeded': { bytes: amount, limitBytes: amount },
  'too-slow': { responseMs: amount, times: amount },
  'compose-missing': {},
  'engine-down': { engine: z.enum(['docker', 'podman']), message: text },
  'compose-failed': { command: text, exit, lastLines },
  'compose-file-unreadable': { path: text, because: z.enum(['no-file', 'nothing-written']) },
  cancelled: {},
};
const failures = Object.entries(failureFields).map(([reason, fields]) =>
  z.object({ reason: z.literal(reason), ...fields }),
);
const health = z.object({
  verdict: z.enum(['unknown', 'healthy', 'unhealthy']),
  checkedAt: time.nullable(),
  responseMs: amount.nullable(),
  grade: z.enum(['excellent', 'good', 'warning', 'critical']).nullable(),
  failures: amount,
});
const fields = {
  schemaVersion: z.literal(1),
  service: z.literal('backend'),
  state: z.enum(['down', 'starting', 'ready', 'unhealthy', 'stopping', 'backing-off', 'failed']),
  wanted: z.enum(['up', 'down']),
  pid: pid.nullable(),
  identity: identity.nullable(),
  run: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  command: text,
  cwd: text,
  port: port.nullable(),
  wantedPort: port.nullable(),
  sockets: z.array(z.object({ pid, descriptor: amount, inode: text })),
  url: text.nullable(),
  fingerprint: text.nullable(),
  startedAt: time.nullable(),
  readyAt: time.nullable(),
  startupMs: elapsed.nullable(),
  restarts: amount,
  lastExit: exit.extend({ at: time }).nullable(),
  lastRestart: z.object({ at: time, failure: z.union(failures) }).nullable(),
  failure: z.union(failures).nullable(),
  health,
  lastHealthyAt: time.nullable(),
  log: text,
  supervisor: identity.nullable(),
} satisfies Record<keyof ServiceStatus, z.ZodType>;
const schema = z.object(fields).refine((status) => status.identity === null || status.identity.pid === status.pid);

/** Values of a schema: fast-check makes them from the same description that the oracle judges by. */
function valuesOf(type: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (type === time)
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString());
  if (type === pid) return fc.integer({ min: 2, max: 2 ** 31 - 1 });
  if (type === port) return fc.integer({ min: 1, max: 65_535 });
  if (type === integer) return fc.maxSafeInteger();
  if (type === amount) return fc.oneof(fc.nat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }));
  if (type === elapsed) return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  if (type === text) return fc.string({ unit: 'binary' });
  const { def } = type._zod as { readonly def: unknown } as { readonly def: Definition };
  switch (def.type) {
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'nullable':
      return fc.option(valuesOf(def.innerType), { freq: 4 });
    case 'array':
      return fc.array(valuesOf(def.element), { maxLength: 3 });
    case 'union':
      return fc.oneof(...def.options.map(valuesOf));
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(def.shape).map(([key, field]) => [key, valuesOf(field)])));
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.stringMatching(/^[0-9a-f]{32}$/);
  }
}

type Definition =
  | { readonly type: 'boolean' }
  | { readonly type: 'literal'; readonly values: readonly unknown[] }
  | { readonly type: 'enum'; readonly entries: Readonly<Record<string, string>> }
  | { readonly type: 'nullable'; readonly innerType: z.core.$ZodType }
  | { readonly type: 'array'; readonly element: z.core.$ZodType }
  | { readonly type: 'union'; readonly options: readonly z.core.$ZodType[] }
  | { readonly type: 'object'; readonly shape: Readonly<Record<string, z.core.$ZodType>> }
  | { readonly type: 'string' };

const validStatus = (valuesOf(z.object(fields)) as fc.Arbitrary<ServiceStatus>).map((status) => ({
  ...status,
  pid: status.identity === null ? status.pid : status.identity.pid,
}));

/** One value anywhere in it replaced or taken out; what it says at that place is as likely as not of the right type. */
const mutation = fc.record({
  at: fc.nat(),
  value: fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(0, 1, -1, 1.5, 2 ** 31, 65_536, 2 ** 53, '', 'ready', 'constructor', '__proto__', 'x'.repeat(32)),
    fc.constant(undefined),
  ),
});

test('the status file gives back every valid status exactly', () => {
  const root = temporaryFolder();
  fc.assert(
    fc.property(validStatus, (status) => {
      expect(writeStatus(root, status)).toEqual({ ok: true, value: null });
      // Through JSON, which knows no negative zero.
      expect(readStatus(root, 'backend')).toEqual({ ok: true, value: JSON.parse(JSON.stringify(status)) });
    }),
    { numRuns: 100 },
  );
});

test('a status with a value changed anywhere is believed exactly when it still is one', () => {
  const root = temporaryFolder();
  const believed = new Set<boolean>();
  fc.assert(
    fc.property(validStatus, fc.array(mutation, { minLength: 1, maxLength: 2 }), (status, mutations) => {
      const mutated = mutations.reduce<unknown>(mutate, status);
      const isValid = expectSameVerdict(root, JSON.stringify(mutated));
      believed.add(isValid);
    }),
    { numRuns: 400 },
  );
  expect(believed.size).toBe(2);
});

test('any bytes and any JSON are read without an exception, and never believed', () => {
  const root = temporaryFolder();
  const rubbish = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.json().map((json) => Buffer.from(json)),
    fc.record({ status: validStatus, from: fc.nat(2000), byte: fc.nat(255) }).map(({ status, from, byte }) => {
      const bytes = Buffer.from(JSON.stringify(status));
      bytes.fill(byte, from % bytes.length, (from % bytes.length) + 1);
      return bytes;
    }),
  );
  fc.assert(
    fc.property(rubbish, (bytes) => void expectSameVerdict(root, bytes)),
    { numRuns: 200 },
  );
});

/** Whether both believe it; fails when only one of them does, or when they read different things in it. */
function expectSameVerdict(root: string, content: string | Uint8Array): boolean {
  const path = pathsOf(root).status('backend');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const read = readStatus(root, 'backend');
  const judged = schema.safeParse(parseJson(Buffer.from(content).toString('utf8')));
  expect(read).toEqual(judged.success ? { ok: true, value: judged.data } : { ok: false, error: 'damaged' });
  return judged.success;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function mutate(status: unknown, { at, value }: { readonly at: number; readonly value: unknown }): unknown {
  const copy = structuredClone(status);
  const places = placesIn(copy);
  const place = places[at % places.length];
  if (place !== undefined) place.holder[place.key] = value;
  return copy;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}
