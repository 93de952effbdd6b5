import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseShape } from '../../src/base/parse-shape.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import type { ControlEndpoint } from '../../src/runtime/supervisor/control/protocol.ts';
import type { Supervisor } from '../../src/runtime/supervisor/supervisor.ts';
import { Killed } from './killed.ts';
import type { SupervisorProgram } from './load-supervisor.ts';
import type { Machine } from './machine.ts';
import type { ServicePrograms } from './service-programs.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Supervision } from './supervisor-program.ts';
import type { Truth } from './truth.ts';

/** A supervisor that is asked until it dies. */
interface Living extends Supervision {
  readonly self: SimulatedProcess;
}

export interface CheckoutFacts {
  readonly machine: Machine;
  readonly truth: Truth;
  readonly programs: ServicePrograms;
  readonly program: SupervisorProgram;
  /** Has its decisions told, too. */
  readonly isTraced: boolean;
}

export interface CheckoutRequest {
  readonly endpoint: Pick<ControlEndpoint<unknown, unknown>, 'path' | 'report'>;
  readonly body: object;
  readonly asked: () => () => void;
  /** It goes away without waiting for its answer when it is ended; absent: it waits. */
  readonly client?: SimulatedProcess;
}

/** A checkout on a simulated machine, with the supervisor that looks after it while there is one. */
export class Checkout {
  readonly root: string;
  readonly #facts: CheckoutFacts;
  #living: Promise<Living | null> | null = null;
  #self: SimulatedProcess | null = null;
  #supervision: Living | null = null;

  constructor(facts: CheckoutFacts) {
    this.#facts = facts;
    this.root = join(facts.machine.folder, 'checkout');
  }

  /** The process; `null`: none lives. */
  get self(): SimulatedProcess | null {
    return this.#self;
  }

  /** `null`: none lives, or it is still taking over. */
  get supervision(): Living | null {
    return this.#supervision;
  }

  /**
   * As a command does: begins a supervisor where there is none, and asks the next one when it dies over it. Each time it
   * is `asked`, which gives what is to be called once it is answered. The answer is one that a command understands.
   */
  async ask({ endpoint, body, asked, client }: CheckoutRequest): Promise<string> {
    for (;;) {
      const living = await this.begin();
      if (living === null) continue;
      const answered = asked();
      const gone = client === undefined ? NEVER : client.ended.then(() => undefined);
      const answer = await Promise.race([
        living.perform(endpoint.path, JSON.stringify(body), gone),
        diedOf(living.self),
      ]);
      if (answer === DEAD && client?.isAlive !== false) continue;
      answered();
      const text = JSON.stringify(answer === DEAD ? null : answer);
      const isSound = parseShape(endpoint.report, JSON.parse(text)) !== undefined && !/Ms":-/.test(text);
      if (answer !== DEAD && !isSound) {
        this.#facts.machine.fault(`no answer of ${endpoint.path}: ${text}`);
      }
      return text;
    }
  }

  /** `null`: it died before it had taken over. */
  begin(): Promise<Living | null> {
    this.#living ??= this.#begin();
    return this.#living;
  }

  async #begin(): Promise<Living | null> {
    const { machine, program, programs, truth } = this.#facts;
    const self = machine.spawn({ name: 'supervisor', environment: { DEVGEN_SUPERVISOR: '1' } });
    machine.tell(`supervisor ${self.pid} begins`);
    this.#self = self;
    let begun: Supervisor | null = null;
    self.whenEnded(() => {
      this.#self = null;
      this.#living = null;
      this.#supervision = null;
      this.#excuseUnrecorded(self, begun);
    });
    const supervising = program(
      machine,
      self,
      programs,
    )(this.root, (supervisor) => {
      begun = supervisor;
      supervisor.publisher.subscribe((event) => {
        machine.tell(`${event.service}: ${event.kind}`);
        truth.judgeNews(event);
      });
      if (this.#facts.isTraced) supervisor.publisher.followNotes(({ message }) => machine.tell(`  ${message}`));
    });
    supervising.catch((cause: unknown) => {
      if (!(cause instanceof Killed)) throw cause;
    });
    const supervision = await Promise.race([supervising, diedOf(self)]);
    if (supervision === DEAD) return null;
    machine.tell(`supervisor ${self.pid} has taken over`);
    this.#supervision = { ...supervision, self };
    return this.#supervision;
  }

  /** A run whose root was never recorded cannot be taken over by the next supervisor: it has to end. */
  #excuseUnrecorded(self: SimulatedProcess, supervisor: Supervisor | null): void {
    const isWithinTurn = self.callsLeft !== null;
    for (const { run, service } of this.#facts.truth.runs) {
      const isKnown = supervisor?.liveRecords().some(({ id, root }) => id === run && root !== null) === true;
      if (this.#isRecorded(run, service) || (isKnown && !isWithinTurn)) continue;
      this.#facts.truth.excuseRun(run, 'never recorded');
    }
  }

  #isRecorded(run: string, service: string): boolean {
    try {
      const record = JSON.parse(readFileSync(pathsOf(this.root).runRecord(service), 'utf8')) as Recorded;
      return record.id === run && record.root !== null;
    } catch {
      return false; // There is none.
    }
  }
}

interface Recorded {
  readonly id: string;
  readonly root: unknown;
}

const DEAD = Symbol('dead');
const NEVER = new Promise<never>(() => undefined);

function diedOf(process: SimulatedProcess): Promise<typeof DEAD> {
  return process.ended.then(() => DEAD);
}
