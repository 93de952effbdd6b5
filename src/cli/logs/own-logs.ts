import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../plan/plan.ts';
import { errorCode } from '../../platform/error-code.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { readStatus, servicesWithStatus } from '../../runtime/state/status-file.ts';

/** What devgen wrote into `logs/`, or what has its name. */
export interface OwnFile {
  readonly path: string;
  /** Whose it is; `null`: the runtime's own. */
  readonly service: string | null;
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
    ...plan.tasks.map(({ name }) => `task-${name}`),
    ...timed(typeof inState === 'string' ? [] : inState),
    ...servicesWithStatus(root).filter((name) => readStatus(root, name).ok),
  ]);
  return entries.flatMap((entry) => {
    const { name } = entry;
    const log = LOG.exec(name)?.[1];
    const [, state, replaced] = STATE.exec(name) ?? [];
    const service = log ?? state ?? replaced ?? '';
    const isOfRuntime = log === 'devgen' || /^events\.ndjson(?:\.1)?$/.test(name);
    if (!isOfRuntime && !services.has(service)) return [];
    const path = join(paths.logs, name);
    return [{ path, service: isOfRuntime ? null : service, isLog: log !== undefined, isFolder: entry.isDirectory() }];
  });
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
