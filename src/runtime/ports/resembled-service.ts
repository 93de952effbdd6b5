import { relative, resolve } from 'node:path';
import { readLastPlan } from '../../plan/plan-cache.ts';
import { lineageOf } from '../../platform/lineage.ts';
import { commandLineOf, workingDirectoryOf } from '../../platform/process-details.ts';

/**
 * The service of the checkout at `root` that a process is by all appearance, though it was not started by devgen: it,
 * or what it was started by, runs that service's command inside the checkout. A word for people, and no proof of
 * anything: it is never taken for ours. `null`: none, or none for certain.
 */
export function resembledService(pid: number, root: string): string | null {
  const started = startsIn(pid, root);
  if (started.length === 0) return null;
  const found = (readLastPlan(root)?.services ?? []).flatMap(({ name, command, cwd }) => {
    const start = started.find(({ line }) => runs(line, command));
    return start === undefined ? [] : [{ name, isInItsFolder: relative(resolve(root, cwd), start.folder) === '' }];
  });
  const certain = found.length > 1 ? found.filter(({ isInItsFolder }) => isInItsFolder) : found;
  return certain.length === 1 ? (certain[0]?.name ?? null) : null;
}

interface Start {
  readonly line: string;
  readonly folder: string;
}

/** Those of a process and of its ancestors that run inside the folder. */
function startsIn(pid: number, root: string): readonly Start[] {
  const started: Start[] = [];
  for (const at of lineageOf(pid)) {
    const folder = workingDirectoryOf(at);
    if (folder === undefined || /^\.\.(?:$|[\\/])/.test(relative(root, folder))) break;
    started.push({ line: commandLineOf(at) ?? '', folder });
  }
  return started;
}

/** Whether a command line has the words of a service's command in their order, whatever the folders of its programs. */
export function runs(line: string, command: string): boolean {
  const wanted = wordsOf(command).filter((word) => !/^-|^\d|[$=]/.test(word));
  let at = 0;
  for (const word of wordsOf(line)) if (word === wanted[at]) at++;
  return wanted.length > 0 && at === wanted.length;
}

/** Without quotes, and of a path its last part. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(/\s+/).map((word) => word.replace(/["']/g, ''));
  return words.map((word) => word.replace(/^.*[\\/](?=[^\\/])/, '')).filter((word) => word !== '');
}
