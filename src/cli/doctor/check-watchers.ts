import { watcherOfLogs } from '../../runtime/process/watcher-of-logs.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { type Finding, warning } from './finding.ts';

/** Those that restart or reload for any file; bundlers watch as much, and leave alone what no module asks for. */
const RESTARTERS = /\b(?:nodemon|live-server|browser-sync)\b|--watch-path\b/;

/** Services that restart themselves whenever something is written to `logs/`. */
export function checkWatchers({ services, states, checkout: { root } }: DoctorFacts): readonly Finding[] {
  return services.flatMap(({ name: service }) => {
    const watcher = watcherOfLogs(states.get(service)?.members ?? [], { root, service });
    if (watcher === null || !RESTARTERS.test(watcher.command)) return [];
    return [warning({ code: 'watches-logs', service, ...watcher }, { service, pid: watcher.pid })];
  });
}
