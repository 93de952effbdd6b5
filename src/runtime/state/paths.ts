import { join } from 'node:path';
import { LOG_FILES } from '../../base/log-files.ts';

/** Every file that the runtime keeps in one checkout; all paths absolute when the root is. */
export interface CheckoutPaths {
  readonly root: string;
  /** What users look at. */
  readonly logs: string;
  /** What only the runtime looks at. */
  readonly state: string;
  readonly runs: string;
  /** Records of the commands that clients run to their end. */
  readonly commands: string;
  readonly planCache: string;
  /** Identity of the checkout's supervisor, or of the last one. */
  readonly supervisor: string;
  /** Last fallback port of each service. */
  readonly lastPorts: string;
  /** Up to when each caller has been told what is in the logs. */
  readonly cursors: string;
  /** Who uses what runs. */
  readonly use: string;
  readonly events: string;
  /** Which hooks could not be told of something. */
  readonly hooks: string;
  /** Not beside the events: watchers that restart for what changes leave hidden folders alone. */
  readonly metrics: string;
  /** The runtime's own log. */
  readonly runtimeLog: string;
  log(service: string): string;
  taskLog(task: string): string;
  /** For other tools, as the copy of its status: both are written seldom, because watchers restart what changes. */
  pid(service: string): string;
  publicStatus(service: string): string;
  readonly statuses: string;
  status(service: string): string;
  runRecord(service: string): string;
  /** When which byte of the service's log was written. */
  timeIndex(service: string): string;
  /** The run's stdin. */
  fifo(runId: string): string;
}

let latest: CheckoutPaths | undefined;

/**
 * Where everything of the checkout at `root` lies. Touches no file.
 * Service names are file names here: the config admits none that holds a separator.
 */
export function pathsOf(root: string): CheckoutPaths {
  if (latest?.root !== root) latest = joinPaths(root);
  return latest;
}

function joinPaths(root: string): CheckoutPaths {
  const logs = join(root, 'logs');
  const state = join(logs, '.devgen');
  const runs = join(state, 'runs');
  const statuses = join(state, 'status');
  return {
    root,
    logs,
    state,
    runs,
    commands: join(state, 'commands'),
    supervisor: join(state, 'supervisor.json'),
    planCache: join(state, 'plan.json'),
    lastPorts: join(state, 'ports.json'),
    cursors: join(state, 'cursors.json'),
    use: join(state, 'use.json'),
    events: join(logs, LOG_FILES.events),
    metrics: join(state, 'metrics.ndjson'),
    hooks: join(state, 'hooks.json'),
    runtimeLog: join(logs, LOG_FILES.runtime),
    log: (service) => join(logs, LOG_FILES.service(service)),
    taskLog: (task) => join(logs, LOG_FILES.task(task)),
    pid: (service) => join(logs, LOG_FILES.pid(service)),
    publicStatus: (service) => join(logs, LOG_FILES.status(service)),
    statuses,
    status: (service) => join(statuses, `${service}.json`),
    runRecord: (service) => join(runs, `${service}.json`),
    timeIndex: (service) => join(state, `${service}.times`),
    fifo: (runId) => join(runs, `${runId}.fifo`),
  };
}
