import { stopContainer } from '../../containers/stop-container.ts';
import type { LeftProcess } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';

export interface ContainerEnd {
  readonly record: Pick<RunRecord, 'container' | 'cwd'>;
  /** Of the run or, where that is lost, of the command that asked. */
  readonly environment: Readonly<Record<string, string>>;
  /** 0: SIGKILL at once. */
  readonly graceMs: number;
}

/** Ends what a run started at its engine, if anything; gives what is left of it. */
export async function endContainer({ record, environment, graceMs }: ContainerEnd): Promise<readonly LeftProcess[]> {
  const { container: run, cwd } = record;
  return run === null ? [] : stopContainer({ run, context: { cwd, environment }, graceMs });
}
