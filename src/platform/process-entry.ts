/** One row of the process table. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  /** 0 where the system does not tell (Windows; kernel threads). */
  readonly groupId: number;
  /** 0 where the system does not tell (macOS, Windows; kernel threads). */
  readonly sessionId: number;
  /** Effective user; `ownUserId()` for every process on Windows, where the system itself refuses foreign ones. */
  readonly userId: number;
  /** As `ProcessIdentity.startTime`. */
  readonly startTime: number;
  /** A process whose leader thread has ended while others live is running, not a zombie. */
  readonly state: 'running' | 'stopped' | 'zombie';
  readonly name: string;
}

/**
 * What a process carries that tells whose it is.
 * Paths are as the kernel knows them: symbolic links resolved, ` (deleted)` taken off.
 */
export interface ProcessMarks {
  /** Names of the variables it was executed with; empty when it overwrote them (PostgreSQL, setproctitle). */
  readonly environmentKeys: ReadonlySet<string>;
  readonly stdin: string | null;
  /** `null` also when a file is open only for reading: who follows a log does not belong to its writer. */
  readonly stdout: string | null;
  readonly stderr: string | null;
}

/** What a process takes of the machine. */
export interface ProcessUsage {
  readonly residentBytes: number;
  /** User and system time since its start, all threads together. */
  readonly cpuMs: number;
}
