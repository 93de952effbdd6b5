import { commandLineOf } from '../../platform/process-details.ts';
import { watcherOf } from '../../platform/watcher-of.ts';
import { pathsOf } from '../state/paths.ts';
import type { RunMember } from './find-members.ts';

/** The process of a service that is told of every change to its log or status in `logs/`; `null`: it is not known. */
export function watcherOfLogs(
  members: readonly RunMember[],
  { root, service }: { readonly root: string; readonly service: string },
): { readonly pid: number; readonly command: string } | null {
  const paths = pathsOf(root);
  const pids = members.map(({ identity }) => identity.pid);
  const pid = watcherOf(pids, [paths.log(service), paths.publicStatus(service)]);
  return pid === undefined ? null : { pid, command: commandLineOf(pid) ?? '' };
}
