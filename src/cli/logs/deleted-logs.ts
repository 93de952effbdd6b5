import { existsSync } from 'node:fs';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { readProcessMarks } from '../../platform/process-table.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import type { CommandContext } from '../context/command-context.ts';
import { describeDeletedLog } from '../sentences/describe-deleted-log.ts';
import type { ServiceView } from '../status/service-view.ts';
import { viewFully } from '../status/view-traced.ts';
import { logSources } from './log-sources.ts';
import { logTroubles } from './log-troubles.ts';

/** Which services run and write to a file that has no name any more: what they say is lost. */
export function deletedLogs(
  services: readonly ServicePlan[],
  { checkout: { root }, words }: Pick<CommandContext, 'checkout' | 'words'>,
): readonly Diagnostic[] {
  return viewFully(root, services)
    .filter((view) => isLogDeleted(root, view))
    .map(({ status }) => describeDeletedLog(status.service, words));
}

/** Why nothing can be told of what these services have written: their logs cannot be read, or are gone. */
export function unreadLogs(services: readonly ServicePlan[], context: CommandContext): readonly Diagnostic[] {
  const { root } = context.checkout;
  return [...logTroubles(root, logSources(root, services)), ...deletedLogs(services, context)];
}

function isLogDeleted(root: string, { pid, status }: ServiceView): boolean {
  const log = pathsOf(root).log(status.service);
  return !existsSync(log) && pid !== null && readProcessMarks(pid)?.stdout === log;
}
