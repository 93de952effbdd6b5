import { readProcessTable } from '../../platform/process-table.ts';
import { NO_MEMBERS, type RunMember, type Subreaper, viewRun } from './find-members.ts';
import type { RunTrace } from './run-trace.ts';

/** Looks for a run's members again and again, and remembers them. */
export interface MemberSearch {
  readonly trace: RunTrace;
  /**
   * What lives of the run now. A process that was a member once stays one: the root that proved it may be dead by now.
   */
  look(): readonly RunMember[];
  /** As of the last look. */
  subreapers(): readonly Subreaper[];
}

export function searchMembers(trace: RunTrace): MemberSearch {
  let view = NO_MEMBERS;
  return {
    trace,
    look: () => {
      view = viewRun(trace, readProcessTable(), view);
      return view.members;
    },
    subreapers: () => view.subreapers,
  };
}
