import * as z from 'zod/mini';
import { parseDuration } from '../base/duration.ts';
import { amountSchema } from './amount.ts';
import { NAME_PATTERN } from './name-rule.ts';
import { parseSize } from './parse-size.ts';

/**
 * The scalars of the config. `error` says what was expected; `explain-issue.ts` puts it into the sentence
 * "`path` must be …".
 */

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
  return countSchema({ from, to, error: `a whole number from ${from} to ${to}` });
}

export function countSchema({
  from,
  to,
  error,
}: {
  readonly from: number;
  readonly to: number;
  readonly error: string;
}) {
  const number = z.int({ error }).check(z.minimum(from, { error }), z.maximum(to, { error }));
  return amountSchema(number, { error, read: (text) => (/^\d+$/.test(text) ? Number(text) : text) });
}

/** A list of texts; `what` completes "a list of …". */
export function listSchema<Item extends z.core.SomeType>(item: Item, what: string) {
  return z.array(item, { error: `a list of ${what}` });
}

const DURATION = 'a duration such as `500ms`, `10s` or `2m` (a bare number is seconds)';

/** Fewer digits for longer units, so that all stay below what timers of Node can wait (24.8 days). */
const LONGEST_SECONDS = 1_999_999;
const AMOUNTS = [
  '1?[0-9]{1,9}(\\.[0-9]+)?\\s*ms',
  '1?[0-9]{1,6}(\\.[0-9]+)?\\s*s?',
  '[0-2]?[0-9]{1,4}(\\.[0-9]+)?\\s*m',
  '[0-4]?[0-9]{1,2}(\\.[0-9]+)?\\s*h',
  '(1?[0-9]|2[0-2])(\\.[0-9]+)?\\s*d',
].join('|');

/** Milliseconds once parsed. */
export const duration = durationSchema({ shortestMs: 0, error: `${DURATION}, at most 22 days` });

/** Milliseconds once parsed, at least 1. */
export const positiveDuration = durationSchema({ shortestMs: 1, error: `${DURATION}, longer than 0, at most 22 days` });

function durationSchema({ shortestMs, error }: { readonly shortestMs: 0 | 1; readonly error: string }) {
  const digits = shortestMs === 0 ? '' : '(?=.*[1-9])';
  const written = z.string({ error }).check(z.regex(new RegExp(`^\\s*${digits}(${AMOUNTS})\\s*$`), { error }));
  const seconds = z
    .number({ error })
    .check(z.minimum(shortestMs / 1000, { error }), z.maximum(LONGEST_SECONDS, { error }));
  const ms = z.pipe(
    z.union([seconds, written], { error }),
    z.transform((value) => Math.max(shortestMs, msOf(value))),
  );
  return amountSchema(ms, { error });
}

function msOf(value: string | number): number {
  return typeof value === 'number' ? Math.round(value * 1000) : (parseDuration(value) ?? 0);
}

const AGE = 'an age such as `12h` or `30d`, from 1h to 9999d';

/** Milliseconds once parsed. */
export const age = amountSchema(
  z.pipe(
    z.string({ error: AGE }).check(z.regex(/^\s*[1-9][0-9]{0,3}\s*[hd]\s*$/, { error: AGE })),
    z.transform((value) => parseDuration(value) ?? 0),
  ),
  { error: AGE },
);

const SIZE = 'a size such as `512MB` or `1.5GB` (a bare number is bytes), more than 0';

/** Bytes once parsed, at least 1. */
export const size = amountSchema(
  z.pipe(
    z.union(
      [
        z.int({ error: SIZE }).check(z.minimum(1, { error: SIZE })),
        z
          .string({ error: SIZE })
          .check(z.regex(/^\s*(?=.*[1-9])[0-9]{1,12}(\.[0-9]+)?\s*([kKmMgG]i?)?[bB]?\s*$/, { error: SIZE })),
      ],
      { error: SIZE },
    ),
    z.transform((value) => Math.max(1, parseSize(String(value)) ?? 0)),
  ),
  { error: SIZE },
);

const VARIABLE = 'the name of an environment variable: letters, digits and `_`, no digit first';
const VALUE = 'a text, a number, `true` or `false`';

/** Environment variables; every value a text once parsed. */
export const environment = z.record(
  z.string().check(z.regex(/^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]*$/, { error: VARIABLE })),
  z.pipe(
    z.union([z.string(), z.number(), z.boolean()], { error: VALUE }),
    z.transform((value) => String(value)),
  ),
  { error: 'a mapping of environment variables' },
);

const HEADER = 'the name of an HTTP header: letters, digits and `-`';

/** HTTP headers by name. */
export const headers = z.record(
  z.string().check(z.regex(/^(?!__proto__$)[A-Za-z0-9-]+$/, { error: HEADER })),
  z.string({ error: TEXT }),
  { error: 'a mapping of HTTP headers' },
);

/** A text as it may read later: variables have values only once it is used, and a number may stand where one does. */
export function withSampleValues(text: string): string {
  return text.replace(/\$\{[^}]*\}|\$\w+/g, '1');
}
