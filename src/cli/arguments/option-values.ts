import type { Diagnostic } from '../../base/diagnostic.ts';
import { parseDuration } from '../../base/duration.ts';
import { parseTime } from '../../base/parse-time.ts';
import { LAST_PORT, portNumber } from '../../base/port-number.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { RawCommand } from './raw-command.ts';

/** From when on: so long ago, or a moment (epoch ms). */
export type Since = { readonly kind: 'ago'; readonly ms: number } | { readonly kind: 'at'; readonly epochMs: number };

/** A value read from the command line, or what is wrong with it. */
export type Taken<Value> = Result<Value, Diagnostic>;

const MAX_LINES = 1_000_000;

/** `--port`; `null`: not given. */
export function portOption(raw: RawCommand): Taken<number | null> {
  const text = raw.options.port;
  return typeof text === 'string' ? parsePort(text) : ok(null);
}

/** The port that the command is about. */
export function portPositional(raw: RawCommand): Taken<number> {
  return parsePort(raw.positionals[0] ?? '');
}

/** `null`: not given. */
export function durationOption(raw: RawCommand, name: string): Taken<number | null> {
  const text = raw.options[name];
  if (typeof text !== 'string') return ok(null);
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ok(ms);
  return err({
    code: 'usage/bad-duration',
    message: `\`--${name} ${text}\` is not a duration`,
    hint: 'Write a number with a unit, such as `500ms`, `90s` or `2m`.',
  });
}

/** `--events`, which only a program can read. */
export function eventsOption({ options }: RawCommand): Taken<'untold' | 'told'> {
  if (!options.events) return ok('untold');
  if (options.json) return ok('told');
  return err({ code: 'usage/events', message: '`--events` needs `--json`', hint: 'Write `start --json --events`.' });
}

/** `--prometheus`, which has one form, and is about all that is kept: what it scrapes may not jump with a `--since`. */
export function metricsFormat({ options }: RawCommand): Taken<'report' | 'prometheus'> {
  if (!options.prometheus) return ok('report');
  const other = (['json', 'since'] as const).find((name) => options[name]);
  if (other === undefined) return ok('prometheus');
  return err({ code: 'usage/prometheus', message: `\`--prometheus\` and \`--${other}\` do not go together` });
}

/** `--all-worktrees` or `--gone`, each of which means all that runs there; `null`: neither. */
export function elsewhereOption({ options, positionals }: RawCommand): Taken<'all-worktrees' | 'gone' | null> {
  const [where = null, ...others] = (['all-worktrees', 'gone'] as const).filter((name) => options[name]);
  if (where === null || (positionals.length === 0 && others.length === 0)) return ok(where);
  return err({ code: 'usage/stop-elsewhere', message: `\`--${where}\` stands alone, without names or another option` });
}

/** `--no-setup`. */
export function setupOption({ options }: RawCommand): 'when-stale' | 'skipped' {
  return options['no-setup'] ? 'skipped' : 'when-stale';
}

/** `--lines`; `null`: not given. */
export function linesOption(raw: RawCommand): Taken<number | null> {
  const text = raw.options.lines;
  if (typeof text !== 'string') return ok(null);
  const lines = wholeNumber(text);
  if (lines !== undefined && lines <= MAX_LINES) return ok(lines);
  return err({
    code: 'usage/bad-number',
    message: `\`--lines ${text}\` is not a whole number from 0 to ${MAX_LINES}`,
  });
}

/** The moment that is meant; epoch ms. */
export function momentOf(since: Since, nowMs: number): number {
  return since.kind === 'at' ? since.epochMs : nowMs - since.ms;
}

/** `--since`, a duration before now or a time, local unless it says otherwise; `null`: not given. */
export function sinceOption(raw: RawCommand): Taken<Since | null> {
  const text = raw.options.since;
  if (typeof text !== 'string') return ok(null);
  const ms = parseDuration(text);
  if (ms !== undefined) return ok({ kind: 'ago', ms });
  const epochMs = parseTime(text);
  if (epochMs !== undefined) return ok({ kind: 'at', epochMs });
  return err({
    code: 'usage/bad-time',
    message: `\`--since ${text}\` is neither a duration nor a time`,
    hint: 'Write how long ago, such as `10m`, or a time such as `2026-01-31T09:00`.',
  });
}

function parsePort(text: string): Taken<number> {
  const port = portNumber(text);
  if (port !== null) return ok(port);
  return err({
    code: 'usage/bad-port',
    message: `\`${text}\` is not a port`,
    hint: `A port is a number from 1 to ${LAST_PORT}.`,
  });
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
