import { findAllRuns } from '../../runtime/client/find-all-runs.ts';
import { isUntold, needsTrace } from './needs-trace.ts';
import { type ServiceView, type ShownService, viewServices } from './service-view.ts';

/** The services as all that can be known tells of them; a search of all processes only where files are missing. */
export function viewFully(root: string, services: readonly ShownService[]): readonly ServiceView[] {
  const views = viewServices(root, services);
  return needsTrace(root, views) ? viewTraced(root, views) : views;
}

/** Services of which no file tells anything, with what the process table alone tells: that they run. */
function viewTraced(root: string, views: readonly ServiceView[]): readonly ServiceView[] {
  const runs = findAllRuns().filter((run) => run.root === root);
  return views.map((view) => {
    const run = isUntold(view) ? runs.find(({ service }) => service === view.status.service) : undefined;
    return run === undefined ? view : { ...view, state: 'unknown', pid: run.pid, port: run.port, url: run.url };
  });
}
