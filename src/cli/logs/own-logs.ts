import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plan } from '../../plan/plan.ts';
import { errorCode } from '../../platform/error-code.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { readStatus, servicesWithStatus } from '../../runtime/state/status-file.ts';

/** What devgen wrote into `logs/`, or what has its name. */
export interface OwnFile {
  readonly path: string;
  /** Whose it is. */
  readonly kind: 'service' | 'task' | 'runtime';
  /** As its log is called, without `.log`: a service's own name. */
  readonly name: string;
  readonly isLog: boolean;
  /** Then it is not devgen's, nor is anything in it. */
  readonly isFolder: boolean;
}

const LOG = /^(.+)\.log(?:\.\d+|\.rotating)?$/;
/** The last form is that of a file that was being replaced when its writer died. */
const STATE = /^(.+)(?:\.pid|_status\.json)$|^\.(.+)(?:\.pid|_status\.json)\.\d+\.\w+\.tmp$/;

/**
 * What of `logs/` is devgen's: files named after a service that is configured, or that has left a status or an index of
 * times there, and the runtime's own. Everything else is the user's. A text: the code with which the folder cannot be
 * read.
 */
export function findOwnFiles(root: string, plan: Plan): readonly OwnFile[] | string {
  const paths = pathsOf(root);
  const entries = entriesIn(paths.logs);
  const inState = entriesIn(paths.state);
  if (typeof entries === 'string') return entries;
  const services = new Set([
    ...plan.services.map(({ name }) => name),
    ...timed(typeof inState === 'string' ? [] : inState),
    ...servicesWithStatus(root).filter((name) => readStatus(root, name).ok),
  ]);
  const tasks = new Set(plan.tasks.map((task) => taskLogName(root, task.name)));
  const kindOf = (name: string, file: string): OwnFile['kind'] | undefined => {
    if (name === 'devgen' || /^events\.ndjson(?:\.1)?$/.test(file)) return 'runtime';
    if (services.has(name)) return 'service';
    return tasks.has(name) ? 'task' : undefined;
  };
  return entries.flatMap((entry) => {
    const log = LOG.exec(entry.name)?.[1];
    const [, state, replaced] = STATE.exec(entry.name) ?? [];
    const name = log ?? state ?? replaced ?? '';
    const kind = kindOf(name, entry.name);
    if (kind === undefined) return [];
    const path = join(paths.logs, entry.name);
    return [{ path, kind, name, isLog: log !== undefined, isFolder: entry.isDirectory() }];
  });
}

/** What a task's log is called, without `.log`. */
export function taskLogName(root: string, task: string): string {
  return basename(pathsOf(root).taskLog(task), '.log');
}

function timed(entries: readonly Dirent[]): readonly string[] {
  return entries.flatMap(({ name }) => /^(.+)\.times$/.exec(name)?.[1] ?? []);
}

function entriesIn(folder: string): readonly Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    // Nothing ever ran here, or it is a link that leads nowhere.
    return code === 'ENOENT' && lstatSync(folder, { throwIfNoEntry: false }) === undefined ? [] : code;
  }
}
