import { isAlive } from '../../platform/process-identity.ts';
import { type CommandRun, readCommandRuns } from '../../runtime/state/command-run.ts';

/** The command of a task, setup step or hook that runs now. */
export interface RunningCommand extends Pick<CommandRun, 'kind' | 'name' | 'startedAt'> {
  /** `null`: not started yet, or it has ended and what it started has not. */
  readonly pid: number | null;
  /** Pid of what it ends with, a `./dev` or the supervisor; `null`: that is gone, and a supervisor about to end it. */
  readonly client: number | null;
}

export function runningCommands(root: string): readonly RunningCommand[] {
  return readCommandRuns(root).flatMap(({ kind, name, startedAt, ...record }) => {
    const client = isAlive(record.client) ? record.client.pid : null;
    const pid = record.root !== null && isAlive(record.root) ? record.root.pid : null;
    return client === null && pid === null ? [] : [{ kind, name, startedAt, pid, client }];
  });
}
