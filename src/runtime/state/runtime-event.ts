import {
  amount,
  boolean,
  elapsedMs,
  integer,
  isoTime,
  listOf,
  nullable,
  oneOf,
  type ShapeOf,
  text,
  type VariantOf,
  variant,
} from '../../base/shape.ts';
import {
  exitStatusShape,
  failureShape,
  leftProcessShape,
  portHolderShape,
  portShape,
  remedyShape,
} from './lifecycle.ts';
import { runIdShape } from './run-record.ts';

const holders = listOf(portHolderShape);

/** The requests that a supervisor keeps: which way a service is to be started, or stopped. */
const STARTS = ['start', 'restart'] as const;
const STOPS = ['stop', 'kill'] as const;

const news = {
  /** Only kept for `history`: what a command asked for, which is not told to those that follow. */
  asked: {
    request: oneOf(...STARTS, ...STOPS),
    pid: integer,
    command: text,
    /** The command of its parent; `null`: not known. */
    from: nullable(text),
  },
  'port-fallback': { wantedPort: portShape, port: portShape, holders },
  'port-freed': { port: portShape, holders },
  waiting: { reason: oneOf('dependency', 'before', 'wait-for'), what: text },
  starting: { pid: integer, command: text, port: nullable(portShape), url: nullable(text) },
  /** Its process is started by a client, on that one's terminal. */
  'on-terminal': { run: runIdShape },
  /** What is done about a container; `found`: it was up before, so it is left up (`left`) in the end. */
  container: { news: oneOf('found', 'stopping', 'left') },
  adopted: { pid: integer, url: nullable(text) },
  ready: { pid: integer, url: nullable(text), startupMs: elapsedMs },
  'alive-not-listening': { pid: integer, lastLines: listOf(text), remedy: nullable(remedyShape) },
  'wrong-port': { toldPort: portShape, port: portShape, url: text },
  /** `addresses`: where it listens, which is not on the address that the config has for its `host`. */
  'wrong-host': { host: text, addresses: listOf(text) },
  /** It was ready, and listens elsewhere since. */
  moved: { from: portShape, port: portShape, url: text },
  /** Its own watcher (`command`) restarts it for each file that changes in `logs/`. */
  'reload-loop': { times: amount, withinMs: elapsedMs, pid: integer, command: text },
  unhealthy: { failures: amount, failure: failureShape },
  healthy: {},
  /** Restarted because the port of a service it was told about changed. */
  following: { dependency: text, port: nullable(portShape) },
  exited: { pid: integer, exit: exitStatusShape, expected: boolean },
  /** Everything is stopped without a command: it was not used for so long, or ran for as long as it may. */
  ending: { because: oneOf('idle', 'time-over'), afterMs: amount },
  'backing-off': { delayMs: amount, attempt: amount, maxRestarts: amount },
  stopping: { pid: integer, signal: text, graceMs: amount },
  killing: { pid: integer, left: listOf(leftProcessShape) },
  stopped: { pid: integer, tookMs: elapsedMs },
  failed: { failure: failureShape },
};

/** What happens to services, as `events.ndjson`, the progress of commands and attached terminals tell it. */
export const runtimeEventShape = variant('kind', news, { at: isoTime, service: text });

export type RuntimeEvent = ShapeOf<typeof runtimeEventShape>;
export type RuntimeNews = VariantOf<'kind', typeof news>;
