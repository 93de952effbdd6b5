import { findMembers, type RunMember } from './find-members.ts';
import type { RunTrace } from './run-trace.ts';

/** Looks for a run's members again and again, and remembers them. */
export interface MemberSearch {
  readonly trace: RunTrace;
  /** Who lives of the run now. Who was a member once stays one: the root that proved it may be dead by now. */
  look(): readonly RunMember[];
}

export function searchMembers(trace: RunTrace): MemberSearch {
  let members: readonly RunMember[] = [];
  return {
    trace,
    look: () => {
      members = findMembers(
        trace,
        members.map(({ identity }) => identity),
      );
      return members;
    },
  };
}
