import fc from 'fast-check';
import { loadSupervisor } from './load-supervisor.ts';
import { runSchedule } from './run-schedule.ts';
import { schedule } from './schedule.ts';

export interface ScheduleCheck {
  readonly runs: number;
  /** No schedule is begun later than this. */
  readonly limitMs: number;
  readonly seed: number;
  /** Of the one counterexample to look at, as it was printed. */
  readonly path?: string;
}

/** Runs random schedules until one breaks an invariant; gives how many held, and what is known of the one that did not. */
export async function checkSchedules({ runs, limitMs, seed, path }: ScheduleCheck): Promise<{
  readonly held: number;
  /** `null`: all of them. */
  readonly broken: string | null;
}> {
  const program = await loadSupervisor();
  const property = fc.asyncProperty(schedule, async (each) => {
    const { faults } = await runSchedule(program, each);
    return faults.length === 0;
  });
  const options = { seed, numRuns: runs, interruptAfterTimeLimit: limitMs, markInterruptAsFailure: false };
  const details = await fc.check(property, path === undefined ? options : { ...options, path });
  const [found] = details.counterexample ?? [];
  if (found === undefined) return { held: details.numRuns, broken: null };
  // Telling more is more calls to the system, so that a death after some of them comes at another moment.
  const plain = await runSchedule(program, found);
  const traced = await runSchedule(program, found, { isTraced: true });
  const { faults, story } = traced.faults.length > 0 ? traced : plain;
  const replay = `seed ${details.seed}, path ${details.counterexamplePath}`;
  return { held: details.numRuns, broken: [...faults, replay, '', ...story].join('\n') };
}
