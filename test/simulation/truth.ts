import type { RuntimeEvent } from '../../src/runtime/state/runtime-event.ts';
import { LastWords } from './last-words.ts';
import type { Machine } from './machine.ts';
import { NEIGHBOUR, reservationsOn } from './reservations-on.ts';
import { type SimulatedProcess, USER } from './simulated-process.ts';

export interface LaunchedProgram {
  readonly run: string;
  readonly service: string;
  readonly port: number | null;
  readonly config: string;
  /** It is no program that becomes ready and stays so. */
  readonly isIll: boolean;
}

/** What a request under way may end. */
export interface Ending {
  readonly services: readonly string[];
  /** Runs with this config go on; `null`: none does. */
  readonly spared: string | null;
}

interface KnownRun extends LaunchedProgram {
  /** Why it may be ended; empty: nothing may touch it. */
  readonly excuses: Set<string>;
}

/**
 * What is so, whatever devgen takes it for: which runs there are, and what gives reason to end one. Holds every signal
 * and every launch against it.
 */
export class Truth {
  readonly words = new LastWords();
  readonly #machine: Machine;
  readonly #runs = new Map<string, KnownRun>();
  readonly #endings = new Set<Ending>();
  readonly #evictable = new Set<number>();

  constructor(machine: Machine) {
    this.#machine = machine;
    machine.onSignal = (sender, target, signal) => this.#judgeSignal(sender, target, signal);
  }

  get runs(): readonly KnownRun[] {
    return [...this.#runs.values()];
  }

  processesOf(service: string): readonly SimulatedProcess[] {
    return this.#machine.processes.filter(({ facts }) => this.#runs.get(facts.run ?? '')?.service === service);
  }

  /** There is a reason from now on to end what runs of the service. */
  excuse(service: string, because: string): void {
    for (const run of this.#runs.values()) if (run.service === service) run.excuses.add(because);
  }

  excusePort(port: number, because: string): void {
    for (const run of this.#runs.values()) if (run.port === port) run.excuses.add(because);
  }

  excuseRun(run: string, because: string): void {
    this.#runs.get(run)?.excuses.add(because);
  }

  /** A request begins; gives what is to be called at its end. */
  beginEnding(ending: Ending): () => void {
    this.#endings.add(ending);
    for (const run of this.#runs.values()) if (mayEnd(ending, run)) run.excuses.add('asked for');
    return () => this.#endings.delete(ending);
  }

  /** A stop is asked for; gives what is to be called when it is answered. */
  beginStop(services: readonly string[]): () => void {
    const answered = this.words.beginStop(services);
    return () => {
      const left = answered().flatMap((service) => this.processesOf(service));
      if (left.length > 0) this.#machine.fault(`${namesOf(left)} lives after its stop`);
    };
  }

  /** A stranger on this port may be ended. */
  allowEviction(port: number): void {
    this.#evictable.add(port);
  }

  noteLaunch(program: LaunchedProgram): void {
    const { run, service } = program;
    const others = this.processesOf(service).filter(({ facts }) => facts.run !== run);
    if (others.length > 0) this.#machine.fault(`${service} is launched though ${namesOf(others)} of it lives`);
    if (this.words.isStop(service)) this.#machine.fault(`${service} is launched though it was stopped`);
    const claim = reservationsOn(this.#machine).find((each) => each.port === program.port);
    if (claim !== undefined && claim.root === NEIGHBOUR) {
      this.#machine.fault(`${service} is launched on port ${program.port}, which another checkout has claimed`);
    }
    const excuses = new Set<string>();
    if (program.isIll) excuses.add('ill');
    if ([...this.#endings].some((ending) => mayEnd(ending, program))) excuses.add('asked for');
    this.#runs.set(run, { ...program, excuses });
  }

  /** What is told must be so. */
  judgeNews(event: RuntimeEvent): void {
    const { service } = event;
    if (event.kind === 'following') this.excuse(service, 'following');
    if (event.kind !== 'ready' || event.url === null) return;
    const owner = this.#machine.sockets.ownerAt(Number(new URL(event.url).port));
    if (owner === undefined || owner.facts.service === service) return;
    this.#machine.fault(`${service} is called ready, and ${namesOf([owner])} answers at ${event.url}`);
  }

  #judgeSignal(sender: SimulatedProcess, target: SimulatedProcess, signal: string): void {
    const { run, name } = target.facts;
    const blame = (why: string): void => this.#machine.fault(`${signal} to ${name} (${target.pid}), ${why}`);
    if (target === sender || name === 'supervisor') blame('a supervisor');
    if (run === null) {
      if (!this.#mayEvict(target)) blame('a stranger');
      return;
    }
    const known = this.#runs.get(run);
    // A command that goes before a run that was never launched.
    if (known === undefined) return;
    const isRootAlive = this.#machine.processes.some(
      ({ facts }) => facts.run === run && facts.name === `serve-${known.service}`,
    );
    if (known.excuses.size === 0 && isRootAlive) blame('which lives and was to go on');
  }

  #mayEvict(stranger: SimulatedProcess): boolean {
    const ports = this.#machine.sockets.portsOf(stranger);
    return stranger.facts.userId === USER && ports.some((port) => this.#evictable.has(port));
  }
}

function mayEnd({ services, spared }: Ending, { service, config }: LaunchedProgram): boolean {
  return services.includes(service) && config !== spared;
}

function namesOf(processes: readonly SimulatedProcess[]): string {
  return processes.map(({ pid, facts }) => `${facts.name} (${pid})`).join(', ');
}
