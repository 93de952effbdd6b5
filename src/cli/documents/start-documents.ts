import {
  amount,
  anyOf,
  anything,
  dictionaryOf,
  integer,
  listOf,
  nullable,
  object,
  oneOf,
  text,
} from '../../base/shape.ts';
import { changedPartShape } from '../../plan/changed-parts.ts';
import { leftProcessShape, portShape } from '../../runtime/state/lifecycle.ts';
import { runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import { startedServiceShape, stoppedServiceShape } from '../../runtime/supervisor/control/protocol.ts';
import { stateShape } from './status-document.ts';

/*
 * What the commands print that start and stop services. Below `documents/` each command has the shape of what it
 * prints with `--json`; the types that the code holds to follow from it, and so does `.devgen/output.schema.json`.
 */

const started = object({ services: listOf(startedServiceShape) });

/** A start that goes on when its command has to answer. */
const unfinished = object({
  stillTrying: oneOf(true),
  waitedMs: amount,
  services: listOf(object({ service: text, state: stateShape, url: nullable(text), log: text })),
});

/** With `--events` one document for each, and the outcome last. */
export const startDocument = anyOf(started, unfinished, object({ event: runtimeEventShape }));

export const killDocument = object({ services: listOf(stoppedServiceShape) });

/** With `--gone`, of what ran in worktrees that are gone. */
const goneRun = object({
  run: text,
  path: nullable(text),
  service: nullable(text),
  pids: listOf(integer),
  left: listOf(leftProcessShape),
});

/** With `--all-worktrees`; `services` as that worktree's own runtime tells them. */
const stoppedCheckout = object({
  path: text,
  branch: nullable(text),
  exitCode: nullable(integer),
  services: listOf(dictionaryOf(anything)),
});

export const stopDocument = anyOf(
  killDocument,
  object({ runs: listOf(goneRun) }),
  object({ checkouts: listOf(stoppedCheckout) }),
);

export const reloadDocument = object({
  restart: listOf(object({ service: text, changed: listOf(changedPartShape) })),
  stop: listOf(text),
  follow: listOf(object({ service: text, dependency: text, port: portShape })),
  down: listOf(text),
  services: listOf(startedServiceShape),
  stopped: listOf(stoppedServiceShape),
});
