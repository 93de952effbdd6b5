import { runIdsOf } from '../../src/platform/run-marks.ts';
import type { ProcessEnd, SpawnRequest } from '../../src/platform/spawn-service.ts';
import type { Machine } from './machine.ts';
import type { Manner, SimulatedProcess } from './simulated-process.ts';
import type { Truth } from './truth.ts';

/** What a program does that a service's command starts. */
export interface Behaviour {
  /** From its start until it listens; `null`: it never does. */
  readonly bindMs: number | null;
  readonly port: 'told' | 'other';
  readonly manner: Manner;
  /** It ends by itself; `null`: it does not. */
  readonly endMs: number | null;
  readonly exitCode: number;
  readonly onTerm: 'obeys' | 'slow' | 'ignores';
  /** A process that it starts, and what that makes of SIGTERM; `apart`: it obeys, in a session of its own; `hidden`: so, and without a
   * mark of its run, where a subreaper tells whose it is. */
  readonly child: 'none' | 'obeys' | 'ignores' | 'apart' | 'hidden';
  /** The system refuses to start it. */
  readonly isRefused: boolean;
  /** Of the command that goes before it. */
  readonly beforeMs: number;
  readonly beforeCode: number;
}

export const GOOD: Behaviour = {
  bindMs: 20,
  port: 'told',
  manner: 'well',
  endMs: null,
  exitCode: 0,
  onTerm: 'obeys',
  child: 'none',
  isRefused: false,
  beforeMs: 5,
  beforeCode: 0,
};

const OBEYS_MS = 5;
const SLOW_MS = 250;
/** Longer than that it may be given up by a start timeout. */
const SOON_MS = 1000;
const OTHER_PORT = 50;

export interface Programmed {
  readonly behaviours: readonly Behaviour[];
  /** The machine has the means for them. */
  readonly hasSubreapers: boolean;
}

/** The services' programs, each of which does what the schedule says, in the order in which they are started. */
export class ServicePrograms {
  readonly hasSubreapers: boolean;
  readonly #machine: Machine;
  readonly #truth: Truth;
  #behaviours: readonly Behaviour[];
  #started = 0;

  constructor(machine: Machine, truth: Truth, { behaviours, hasSubreapers }: Programmed) {
    this.#machine = machine;
    this.#truth = truth;
    this.#behaviours = behaviours;
    this.hasSubreapers = hasSubreapers;
  }

  /** Whether the next program cannot be started; then it is over with it. */
  refusesNext(): boolean {
    const isRefused = this.#behaviours[this.#started]?.isRefused === true;
    if (isRefused) this.#started += 1;
    return isRefused;
  }

  /** From here on all programs are as they should be. */
  behaveWell(): void {
    this.#behaviours = [];
  }

  launch({ command, environment, fifo, log }: SpawnRequest, parent: SimulatedProcess): SimulatedProcess {
    const machine = this.#machine;
    const behaviour = this.#behaviours[this.#started++] ?? GOOD;
    const service = command.kind === 'direct' ? command.file.replace('serve-', '') : '';
    const run = runOf(environment);
    const marks = { environment, stdin: fifo, output: log, run, service };
    const root: SimulatedProcess = machine.spawn({
      ...marks,
      name: `serve-${service}`,
      parentPid: parent.pid,
      onSignal: () => obey(machine, root, behaviour.onTerm),
    });
    root.manner = behaviour.manner;
    const { PORT: port, CONFIG: config = '' } = environment;
    this.#truth.noteLaunch({ run, service, config, port: Number(port) || null, isIll: isIll(behaviour) });
    machine.tell(`${service} starts as ${root.pid}, ${JSON.stringify(behaviour)}`);
    const { child: kind } = behaviour;
    if (kind !== 'none') {
      const isHidden = kind === 'hidden' && this.hasSubreapers;
      const child: SimulatedProcess = machine.spawn({
        ...(isHidden ? { run, service } : marks),
        name: `child-${service}`,
        parentPid: root.pid,
        groupId: kind === 'apart' || kind === 'hidden' ? null : root.groupId,
        onSignal: () => obey(machine, child, kind === 'ignores' ? 'ignores' : 'obeys'),
      });
    }
    this.#serve(root, Number(environment.PORT), behaviour);
    return root;
  }

  /** The command that goes before a service, in the place of its next launch. */
  runBefore(
    environment: Readonly<Record<string, string>>,
    parent: SimulatedProcess,
  ): { readonly process: SimulatedProcess; readonly done: Promise<ProcessEnd> } {
    const machine = this.#machine;
    const { beforeMs, beforeCode } = this.#behaviours[this.#started] ?? GOOD;
    const process: SimulatedProcess = machine.spawn({
      name: 'before',
      parentPid: parent.pid,
      environment,
      run: runOf(environment),
      onSignal: () => obey(machine, process, 'obeys'),
    });
    machine.clock.schedule(beforeMs, process, () => machine.end(process, { code: beforeCode, signal: null }));
    return { process, done: process.ended };
  }

  #serve(root: SimulatedProcess, told: number, { bindMs, port, endMs, exitCode }: Behaviour): void {
    const { clock } = this.#machine;
    if (endMs !== null) clock.schedule(endMs, root, () => this.#machine.end(root, { code: exitCode, signal: null }));
    if (bindMs === null || !told) return;
    clock.schedule(bindMs, root, () => {
      const isBound = this.#machine.sockets.listen(root, port === 'told' ? told : told + OTHER_PORT);
      if (!isBound) this.#machine.end(root, { code: 98, signal: null });
    });
  }
}

function isIll({ bindMs, port, manner }: Behaviour): boolean {
  return bindMs === null || bindMs > SOON_MS || port === 'other' || manner !== 'well';
}

function runOf(environment: Readonly<Record<string, string>>): string {
  return runIdsOf(Object.keys(environment))[0] ?? '';
}

function obey(machine: Machine, process: SimulatedProcess, how: Behaviour['onTerm']): void {
  if (how === 'ignores') return;
  const ms = how === 'obeys' ? OBEYS_MS : SLOW_MS;
  machine.clock.schedule(ms, process, () => machine.end(process, { code: null, signal: 'SIGTERM' }));
}
