import { type CommandRun, removeCommandRun } from '../state/command-run.ts';
import type { LeftProcess } from '../state/lifecycle.ts';
import { traceOfCommand } from './run-trace.ts';
import { type StopPolicy, stopRun } from './stop-run.ts';

const POLICY: StopPolicy = { signal: 'SIGTERM', graceMs: 2000 };

/** Ends what a task, setup step or hook runs, to the last process, and forgets it; gives what lives on all the same. */
export async function endCommandRun(root: string, record: CommandRun): Promise<readonly LeftProcess[]> {
  const stopped = await stopRun(traceOfCommand(record), POLICY, () => undefined);
  if (!stopped.ok) return stopped.error;
  removeCommandRun(root, record.id);
  return [];
}
