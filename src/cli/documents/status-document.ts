import {
  amount,
  anyOf,
  boolean,
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
import { changedPartShape } from '../../plan/changed-parts.ts';
import { healthFields, portHolderShape, portShape } from '../../runtime/state/lifecycle.ts';
import { statusFields } from '../../runtime/state/service-status.ts';

/** `crashed`: its process is gone though its status does not say so; `unknown`: its status cannot be read. */
export const stateShape = oneOf(
  ...(['down', 'starting', 'ready', 'unhealthy', 'stopping', 'backing-off', 'failed', 'crashed', 'unknown'] as const),
);

/** What the tables of processes and sockets tell beyond the status file; what is optional only where there is any. */
const told = {
  state: stateShape,
  supervised: boolean,
  changed: listOf(changedPartShape),
  stopped: optional(listOf(oneOf('service', 'supervisor'))),
  inConfig: optional(oneOf(false)),
  /** With `--resources`; `null`: it does not run. */
  resources: optional(nullable(object({ processes: amount, cpuPercent: amount, residentBytes: amount }))),
};

const { service, wanted, pid, port, wantedPort, url, startedAt, restarts, lastExit, lastRestart } = statusFields;
const { identity, run, command, cwd, sockets, readyAt, startupMs, failure, log } = statusFields;
const { verdict, checkedAt, responseMs, grade, failures } = healthFields;

/** Whose the port is that a service which does not run would want. */
const portState = variant(
  'kind',
  { free: {}, held: { holders: listOf(portHolderShape) }, forbidden: {} },
  { port: portShape },
);

const reportedService = object({
  ...{ service, wanted, pid, port, wantedPort, url, startedAt, restarts, lastExit, failure, log, ...told },
  lastRestart: optional(lastRestart),
  health: object({ verdict, checkedAt, responseMs, grade, failures: optional(failures) }),
  /** From here on with `--detailed` and `--all`. */
  ...{ schemaVersion: optional(statusFields.schemaVersion), identity: optional(identity), run: optional(run) },
  ...{ command: optional(command), cwd: optional(cwd), sockets: optional(sockets), readyAt: optional(readyAt) },
  ...{ startupMs: optional(startupMs), lastHealthyAt: optional(statusFields.lastHealthyAt) },
  supervisor: optional(statusFields.supervisor),
  ...{ listening: optional(listOf(portShape)), connections: optional(amount) },
  wantedPortState: optional(portState),
  /** With `--all`. */
  lastLines: optional(listOf(text)),
});

/** A task, setup step or hook. */
const runningCommand = object({
  kind: oneOf('task', 'setup', 'hook'),
  name: text,
  startedAt: isoTime,
  pid: nullable(integer),
  client: nullable(integer),
});

export const hookFailureDocument = object({ hook: text, problem: text, at: isoTime });

const space = object({ totalBytes: amount, availableBytes: amount });

const machine = object({
  memory: space,
  disk: nullable(space),
  processors: amount,
  load: listOf(amount),
  uptimeMs: amount,
  cpuPercent: nullable(amount),
});

const reportDocument = object({
  project: text,
  services: listOf(reportedService),
  commands: optional(listOf(runningCommand)),
  hooks: optional(listOf(hookFailureDocument)),
  system: optional(machine),
});

const ends = { from: text, to: text };
const through = listOf(text);

/** With `--graph`. */
const graph = object({
  project: text,
  services: listOf(object({ service: text, state: stateShape, port, url })),
  edges: listOf(
    variant(
      'kind',
      {
        calls: { through },
        admits: { through },
        waits: { through },
        proxies: { route: text, port: portShape, file: text, line: integer },
      },
      ends,
    ),
  ),
});

export const statusDocument = anyOf(reportDocument, graph);
