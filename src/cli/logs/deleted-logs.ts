import { existsSync } from 'node:fs';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { readProcessMarks } from '../../platform/process-table.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import type { CommandContext } from '../context/command-context.ts';
import { describeDeletedLog } from '../sentences/describe-deleted-log.ts';
import type { ServiceView } from '../status/service-view.ts';
import { viewFully } from '../status/view-traced.ts';

/** Which services run and write to a file that has no name any more: what they say is lost. */
export function deletedLogs(
  services: readonly ServicePlan[],
  { checkout: { root }, words }: Pick<CommandContext, 'checkout' | 'words'>,
): readonly Diagnostic[] {
  return viewFully(root, services)
    .filter((view) => isLogDeleted(root, view))
    .map(({ status }) => describeDeletedLog(status.service, words));
}

function isLogDeleted(root: string, { pid, status }: ServiceView): boolean {
  const log = pathsOf(root).log(status.service);
  return !existsSync(log) && pid !== null && readProcessMarks(pid)?.stdout === log;
}
