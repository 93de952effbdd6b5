import * as z from 'zod/mini';
import type { WithAmounts } from './amount.ts';
import {
  command,
  count,
  countSchema,
  duration,
  flagSchema,
  positiveDuration,
  textSchema,
  withSampleValues,
} from './values.ts';

const TARGET = 'a path such as `/health`, or a whole URL';
const target = z
  .string({ error: TARGET })
  .check(z.regex(/^(\/|https?:\/\/)/, { error: TARGET }), z.refine(isTarget, { error: TARGET }));

const STATUS = 'an HTTP status from 100 to 599, or a list of them';
const status = countSchema({ from: 100, to: 599, error: STATUS });

const PATTERN = 'a regular expression';
const pattern = textSchema.check(z.refine(isRegularExpression, { error: PATTERN }), z.meta({ format: 'regex' }));

/** What asks for a probe; a service has one. */
const probes = {
  http: z.exactOptional(target.check(z.describe('Path on the service’s own port, or a whole URL, that must answer.'))),
  tcp: z.exactOptional(flagSchema.check(z.describe('A listening socket on the port is enough.'))),
  command: z.exactOptional(command.check(z.describe('Exit code 0 is healthy.'))),
  log: z.exactOptional(pattern.check(z.describe('Ready when a line of the output matches this regular expression.'))),
};

/** A key below `health:` that asks for a probe. */
export type ProbeKey = keyof typeof probes;

const options = z.strictObject({
  ...probes,
  expect: z.exactOptional(
    z
      .union([status, z.array(status)], { error: STATUS })
      .check(z.describe('Accepted HTTP statuses. Default: 200 to 399.')),
  ),
  initialDelay: z.exactOptional(duration.check(z.describe('Wait before the first probe. Default: 0.'))),
  period: z.exactOptional(positiveDuration.check(z.describe('Time between probes once healthy. Default: 10s.'))),
  timeout: z.exactOptional(positiveDuration.check(z.describe('How long one probe may take. Default: 5s.'))),
  successThreshold: z.exactOptional(
    count(1, 100).check(z.describe('Passed probes in a row that make it ready. Default: 1.')),
  ),
  failureThreshold: z.exactOptional(
    count(1, 100).check(z.describe('Failed probes in a row that make it unhealthy. Default: 3.')),
  ),
  startTimeout: z.exactOptional(
    positiveDuration.check(z.describe('How long it may take to become ready. Default: 60s.')),
  ),
  slow: z.exactOptional(positiveDuration.check(z.describe('Response time graded `warning`. Default: 500ms.'))),
  critical: z.exactOptional(positiveDuration.check(z.describe('Response time graded `critical`. Default: 2s.'))),
});

export const health = z.union(
  [
    target,
    options.check(
      z.refine((value) => probesOf(value).length <= 1, {
        error: `a mapping with only one of ${enumerated(Object.keys(probes))}`,
      }),
      z.refine((value) => value.expect === undefined || value.http !== undefined, {
        error: 'a mapping without `expect`, which belongs to `http`',
      }),
      z.meta({
        dependencies: { expect: ['http'] },
        allOf: pairsOf(Object.keys(probes).map(asksFor)).map((anyTwo) => ({ not: { allOf: anyTwo } })),
      }),
    ),
  ],
  { error: `${TARGET}, or a mapping` },
);

/** Health as the user wrote it, times in ms. */
export type HealthConfig = WithAmounts<WrittenHealth>;
type WrittenHealth = z.infer<typeof options>;

/** The same as a schema for editors. */
function asksFor(probe: string): object {
  return { required: [probe], properties: { [probe]: { not: { const: false } } } };
}

function pairsOf<Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
}

/** `tcp: false` asks for nothing. */
function probesOf(value: WrittenHealth): readonly unknown[] {
  const asked: Readonly<Record<string, unknown>> = value;
  return Object.keys(probes).filter((key) => asked[key] !== undefined && asked[key] !== false);
}

function enumerated(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

function isTarget(text: string): boolean {
  return URL.canParse(withSampleValues(text), 'http://localhost');
}

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
