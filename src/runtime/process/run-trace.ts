import type { ProcessIdentity } from '../../platform/process-identity.ts';
import type { CommandRun } from '../state/command-run.ts';

/** What a run left in the system that its processes can be told by; part of a run's record. */
export interface RunTrace {
  readonly id: string;
  /** `null`: the spawn was intended, its outcome never recorded. */
  readonly root: ProcessIdentity | null;
  /** When the root was seen to end, in ms since the epoch; absent: it lives, or was not watched. */
  readonly rootEndedMs?: number;
  /** Absolute; empty where there are no FIFOs. */
  readonly fifo: string;
  /** Absolute; empty: not known. */
  readonly log: string;
}

/** The streams of a task, setup step or hook are its client's. */
export function traceOfCommand({ id, root }: CommandRun): RunTrace {
  return { id, root, fifo: '', log: '' };
}
