import { findAllRuns } from '../../runtime/client/find-all-runs.ts';
import type { ServiceView } from './service-view.ts';

/** Services of which no file tells anything, with what the process table alone tells: that they run. */
export function viewTraced(root: string, views: readonly ServiceView[]): readonly ServiceView[] {
  const runs = findAllRuns().filter((run) => run.root === root);
  return views.map((view) => {
    const run = view.file === 'absent' ? runs.find(({ service }) => service === view.status.service) : undefined;
    return run === undefined ? view : { ...view, state: 'unknown', pid: run.pid, port: run.port, url: run.url };
  });
}
