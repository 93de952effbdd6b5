import {
  amount,
  dictionaryOf,
  isoTime,
  listOf,
  matching,
  nullable,
  object,
  oneOf,
  type ShapeOf,
  text,
} from '../../base/shape.ts';
import { servicePlanShape } from '../../plan/plan.ts';
import { identityShape } from '../../platform/identity-shape.ts';
import { containerRunShape } from './container-run.ts';
import { portShape } from './lifecycle.ts';

/** 32 hexadecimal digits, so that an id may become part of a file name. */
export const runIdShape = matching(/^[0-9a-f]{32}$/);

/**
 * `logs/.devgen/runs/NAME.json`: what a later supervisor needs in order to adopt or stop a run, or to clear up after
 * it. Written before the spawn (`root` still `null`) and completed after it.
 */
export const runRecordShape = object({
  schemaVersion: oneOf(1),
  /** The tag is `DEVGEN_RUN_<id>`. */
  id: runIdShape,
  service: text,
  plan: servicePlanShape,
  /** `null`: the spawn was intended but its outcome was never recorded. */
  root: nullable(identityShape),
  /** `null`: it consists of processes alone, or its container was not brought up yet. */
  container: nullable(containerRunShape),
  /** Absolute paths; no FIFO and no log: it has a terminal. */
  fifo: text,
  log: text,
  cwd: text,
  port: nullable(portShape),
  wantedPort: nullable(portShape),
  url: nullable(text),
  /** The port of every service of the plan as this run was told them; `null`: that service has none. */
  givenPorts: dictionaryOf(nullable(portShape)),
  startedAt: isoTime,
  /** The crashes before it that still counted, oldest first. */
  crashedAt: listOf(isoTime),
  readyAt: nullable(isoTime),
  /** Byte offset of the log at which this run's output begins. */
  logOffset: amount,
  /** As the plan had it: whether what runs still is what is wanted. */
  fingerprint: text,
});

export interface RunRecord extends ShapeOf<typeof runRecordShape> {}
