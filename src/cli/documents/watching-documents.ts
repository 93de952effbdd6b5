import {
  amount,
  anyOf,
  boolean,
  elapsedMs,
  integer,
  isoTime,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  text,
  variant,
} from '../../base/shape.ts';
import { exitStatusShape, failureShape, healthFields, seenShape } from '../../runtime/state/lifecycle.ts';
import { runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import { stateShape } from './status-document.ts';

/* What the commands print that watch services and tell how they fare. */

export const healthDocument = object({
  services: listOf(
    object({
      service: text,
      state: stateShape,
      url: nullable(text),
      verdict: oneOf('healthy', 'unhealthy', 'down', 'unknown'),
      responseMs: nullable(amount),
      grade: healthFields.grade,
      seen: nullable(seenShape),
      portStolen: boolean,
    }),
  ),
});

const logLine = object({ at: isoTime, service: text, text });

/** With `--follow` one document a line. */
export const logsDocument = anyOf(object({ lines: listOf(logLine) }), logLine);

const place = object({ file: text, line: nullable(integer), column: nullable(integer) });

const printedError = object({
  ...{ service: text, tool: text, kind: text, message: text },
  ...{ place: nullable(place), frames: listOf(place), count: amount },
  ...{ firstAt: isoTime, lastAt: isoTime, lines: listOf(text), isMended: boolean },
});

/** For a coding agent at most 8 KB, cut as that of `settle`. */
export const errorsDocument = object({ errors: optional(listOf(printedError)), isCut: optional(oneOf(true)) });

export const waitDocument = object({
  outcome: oneOf('ready', 'failed', 'timed-out'),
  stillTrying: optional(oneOf(true)),
  services: listOf(object({ service: text, state: stateShape, url: nullable(text) })),
});

/** A module that a page needs, and what its server answers in its place. */
const brokenModule = object({ url: text, status: integer });

/** At most 4 KB: before it would have more, texts and lists in it are cut, and in the end left out. */
export const settleDocument = object({
  outcome: optional(oneOf('well', 'broken', 'moving')),
  services: optional(
    listOf(
      object({
        ...{ service: text, state: stateShape, url: nullable(text), isWell: boolean },
        broken: optional(listOf(brokenModule)),
      }),
    ),
  ),
  cursor: optional(isoTime),
  errors: optional(listOf(printedError)),
  isCut: optional(oneOf(true)),
});

export const historyDocument = object({ events: listOf(runtimeEventShape), earlier: amount });

const because = variant('kind', { failure: { failure: failureShape }, exit: { exit: exitStatusShape } });
const percentile = nullable(amount);

/** Durations in ms, shares from 0 to 1. */
export const metricsDocument = object({
  project: text,
  systemUptimeMs: amount,
  services: listOf(
    object({
      service: text,
      state: stateShape,
      uptimeMs: nullable(amount),
      availability: object({ wantedMs: amount, readyMs: amount, share: nullable(amount) }),
      restarts: listOf(object({ at: isoTime, because: nullable(because) })),
      startups: listOf(object({ at: isoTime, startupMs: elapsedMs })),
      responses: object({
        ...{ count: amount, failures: amount, p50: percentile, p95: percentile, p99: percentile },
        grades: object({ excellent: amount, good: amount, warning: amount, critical: amount }),
      }),
      course: object({ responseMs: listOf(amount), residentBytes: listOf(amount), cpuPercent: listOf(amount) }),
    }),
  ),
});

/** `browserUrl`: where a browser keeps it apart from other checkouts, if that is another one. */
export const urlDocument = object({ service: text, url: text, browserUrl: optional(text) });
