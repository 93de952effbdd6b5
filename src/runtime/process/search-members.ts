import type { ProcessEntry } from '../../platform/process-table.ts';
import { NO_MEMBERS, type RunMember, type Subreaper, viewRun } from './find-members.ts';
import { lookAtProcesses } from './look-at-processes.ts';
import type { RunTrace } from './run-trace.ts';

/** Looks for a run's members again and again, and remembers them. */
export interface MemberSearch {
  readonly trace: RunTrace;
  /**
   * What lives of the run now. A process that was a member once stays one: the root that proved it may be dead by now.
   */
  look(): Promise<MemberLook>;
  /** As of the last look. */
  subreapers(): readonly Subreaper[];
}

export interface MemberLook {
  readonly members: readonly RunMember[];
  /** All processes that were there to be chosen from. */
  readonly table: readonly ProcessEntry[];
}

export function searchMembers(trace: RunTrace): MemberSearch {
  let view = NO_MEMBERS;
  return {
    trace,
    look: async () => {
      const processes = await lookAtProcesses();
      view = viewRun(trace, processes, view);
      return { members: view.members, table: processes.table };
    },
    subreapers: () => view.subreapers,
  };
}
