import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askStop } from './ask.ts';
import { Checkout } from './checkout.ts';
import { checkEnd, checkMoment, checkRest } from './invariants.ts';
import { Killed } from './killed.ts';
import type { SupervisorProgram } from './load-supervisor.ts';
import { Machine } from './machine.ts';
import { performStep } from './perform-step.ts';
import type { Schedule } from './schedule.ts';
import { ServicePrograms } from './service-programs.ts';
import type { Stage } from './stage.ts';
import { giveBack } from './strangers.ts';
import { Truth } from './truth.ts';

/** A request takes at most all start timeouts, grace periods and back-offs of what it is about. */
const ANSWER_MS = 180_000;
/** Longer than a back-off, a start and two periods of a probe. */
const REST_MS = 7000;
/** What looks at a process every now and then sees that it has ended. */
const LAST_LOOK_MS = 500;

export interface ScheduleOutcome {
  /** Empty: all invariants held. */
  readonly faults: readonly string[];
  readonly story: readonly string[];
}

export interface RunOptions {
  /** Tells the supervisor's decisions in the story. */
  readonly isTraced: boolean;
}

/** Lets a schedule happen on a machine of its own, from the first step to the stop of everything. */
export async function runSchedule(
  program: SupervisorProgram,
  schedule: Schedule,
  { isTraced }: RunOptions = { isTraced: false },
): Promise<ScheduleOutcome> {
  const memory = '/dev/shm';
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'devgen-schedule-'));
  mkdirSync(join(folder, 'checkout'));
  const machine = new Machine(folder);
  const release = catchRejections(machine);
  try {
    const truth = new Truth(machine);
    const programs = new ServicePrograms(machine, truth, schedule);
    const checkout = new Checkout({ machine, truth, programs, program, isTraced });
    const stage = { schedule, machine, truth, checkout, pending: new Set<string>() };
    machine.onTick = () => checkMoment(stage);
    await perform(stage, programs);
    return machine;
  } finally {
    machine.onTick = () => undefined;
    // What its processes still wait for never comes.
    for (const process of machine.processes) machine.end(process, { code: null, signal: 'SIGKILL' });
    await machine.settle();
    release();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function perform(stage: Stage, programs: ServicePrograms): Promise<void> {
  const { machine, schedule, checkout } = stage;
  for (const step of schedule.steps) {
    await performStep(stage, step);
    await machine.settle();
    if (machine.faults.length > 0) return;
  }
  machine.tell('> all is well from here on');
  programs.behaveWell();
  giveBack(machine, () => true);
  for (const process of machine.processes) {
    process.manner = 'well';
    process.residentBytes = 0;
    process.callsLeft = null;
  }
  machine.notify();
  void checkout.begin();
  await answered(stage);
  await machine.pass(REST_MS);
  check(stage, checkRest);
  if (machine.faults.length > 0) return;
  askStop(stage, [], 'graceful');
  await answered(stage);
  await machine.pass(LAST_LOOK_MS);
  check(stage, checkRest);
  check(stage, checkEnd);
}

function check(stage: Stage, look: typeof checkRest): void {
  const { machine, checkout } = stage;
  if (machine.faults.length > 0) return;
  if (checkout.supervision === null) machine.fault('no supervisor has taken over');
  else look(stage, checkout.supervision.supervisor);
}

async function answered({ machine, pending }: Stage): Promise<void> {
  const limitMs = machine.clock.nowMs + ANSWER_MS;
  await machine.settle();
  while (pending.size > 0 && machine.faults.length === 0) {
    if (machine.clock.nowMs >= limitMs) machine.fault(`never answered: ${[...pending].join(', ')}`);
    await machine.pass(100);
  }
}

/** What a supervisor does not catch is a fault, but for what ends it in the middle of a turn. */
function catchRejections(machine: Machine): () => void {
  const others = process.listeners('unhandledRejection');
  const note = (cause: unknown): void => {
    if (!(cause instanceof Killed)) machine.fault(cause instanceof Error ? String(cause.stack) : String(cause));
  };
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
  return () => {
    process.removeListener('unhandledRejection', note);
    for (const other of others) process.on('unhandledRejection', other);
  };
}
