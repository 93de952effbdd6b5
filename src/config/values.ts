import * as z from 'zod/mini';
import { parseDuration } from '../base/duration.ts';
import { NAME_PATTERN } from './name-rule.ts';
import { parseSize } from './parse-size.ts';

/**
 * The scalars of the config. `error` says what was expected; `explain-issue.ts` puts it into the sentence
 * "`path` must be …".
 */

/** Timers of Node overflow beyond this. */
const LONGEST_MS = 2_147_483_647;

const TEXT = 'a text';
export const textSchema = z.string({ error: TEXT }).check(z.regex(/\S/, { error: `${TEXT} that is not empty` }));

const NAME = 'a name of at most 63 lower-case letters, digits and hyphens that begins with a letter';
export const name = z.string({ error: NAME }).check(z.regex(NAME_PATTERN, { error: NAME }));

const COMMAND = 'a command line';
export const command = z.string({ error: COMMAND }).check(z.regex(/\S/, { error: COMMAND }));

const DIRECTORY = 'a directory relative to the project root';
export const directory = z
  .string({ error: DIRECTORY })
  .check(z.regex(/^(?![/~]|[A-Za-z]:)[\s\S]+$/, { error: DIRECTORY }));

const FLAG = '`true` or `false`';
export const flagSchema = z.boolean({ error: FLAG });

/** An integer from `from` up to `to`. */
export function count(from: number, to: number) {
  const error = `a whole number from ${from} to ${to}`;
  return z.int({ error }).check(z.minimum(from, { error }), z.maximum(to, { error }));
}

/** A list of texts; `what` completes "a list of …". */
export function listSchema<Item extends z.core.SomeType>(item: Item, what: string) {
  return z.array(item, { error: `a list of ${what}` });
}

const DURATION = 'a duration such as `500ms`, `10s` or `2m` (a bare number is seconds)';

/** Milliseconds once parsed. */
export const duration = durationFrom(0, DURATION);

/** Milliseconds once parsed, at least 1. */
export const positiveDuration = durationFrom(1, `${DURATION}, longer than 0`);

function durationFrom(shortestMs: number, error: string) {
  const written = z.string({ error }).check(z.regex(/^\s*\d+(\.\d+)?\s*(ms|s|m|h|d)?\s*$/, { error, abort: true }));
  const fits = (value: string | number) => {
    const ms = parseDuration(String(value)) ?? -1;
    return ms >= shortestMs && ms <= LONGEST_MS;
  };
  const input = z
    .union([z.number({ error }).check(z.minimum(0, { error, abort: true })), written], { error })
    .check(z.refine(fits, { error: `${error}, at most 24 days` }));
  return z.pipe(
    input,
    z.transform((value) => parseDuration(String(value)) ?? 0),
  );
}

const SIZE = 'a size such as `512MB` or `1.5GB` (a bare number is bytes)';
const writtenSize = z
  .string({ error: SIZE })
  .check(z.regex(/^\s*\d+(\.\d+)?\s*([kKmMgG]i?)?[bB]?\s*$/, { error: SIZE, abort: true }));

/** Bytes once parsed. */
export const size = z.pipe(
  z
    .union([z.number({ error: SIZE }), writtenSize], { error: SIZE })
    .check(z.refine((value) => (parseSize(String(value)) ?? 0) > 0, { error: `${SIZE}, more than 0` })),
  z.transform((value) => parseSize(String(value)) ?? 0),
);

const VARIABLE = 'the name of an environment variable: letters, digits and `_`, no digit first';
const VALUE = 'a text, a number, `true` or `false`';

/** Environment variables; every value a text once parsed. */
export const environment = z.record(
  z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: VARIABLE })),
  z.pipe(
    z.union([z.string(), z.number(), z.boolean()], { error: VALUE }),
    z.transform((value) => String(value)),
  ),
  { error: 'a mapping of environment variables' },
);
