import type { ProcessIdentity } from '../../src/platform/process-identity.ts';
import type { ProcessEnd } from '../../src/platform/spawn-service.ts';

export const USER = 1000;
export const BOOT = { bootId: 'simulated', pidNamespace: '1' } as const;

/** How a process of the simulated machine answers what connects to it. */
export type Manner = 'well' | 'silent' | 'error';

export interface ProcessFacts {
  readonly name: string;
  readonly parentPid: number;
  /** `null`: leads a group and session of its own. */
  readonly groupId: number | null;
  readonly userId: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Paths; `null`: none of devgen's. */
  readonly stdin: string | null;
  readonly output: string | null;
  /** The run and service that it is of in truth, whatever its marks tell; `null`: of none. */
  readonly run: string | null;
  readonly service: string | null;
  /** SIGKILL it never hears. */
  readonly onSignal: (signal: string) => void;
}

/** Of a process that has no part in anything. */
const PLAIN: Omit<ProcessFacts, 'name'> = {
  parentPid: 1,
  groupId: null,
  userId: USER,
  environment: {},
  stdin: null,
  output: null,
  run: null,
  service: null,
  onSignal: () => undefined,
};

/** What is not said of a process is that it is of nothing, and does nothing about signals. */
export type NewProcess = Pick<ProcessFacts, 'name'> & Partial<ProcessFacts>;

/** A process of the simulated machine. */
export class SimulatedProcess {
  readonly pid: number;
  readonly startTime: number;
  readonly facts: ProcessFacts;
  parentPid: number;
  isAlive = true;
  manner: Manner = 'well';
  residentBytes = 1_000_000;
  readonly ended: Promise<ProcessEnd>;
  #tellEnd: (end: ProcessEnd) => void = () => undefined;
  /** System calls until it is killed by the schedule; `null`: it is not to be. */
  callsLeft: number | null = null;
  readonly #afterwards: (() => void)[] = [];

  constructor(pid: number, startTime: number, facts: NewProcess) {
    this.pid = pid;
    this.startTime = startTime;
    this.facts = { ...PLAIN, ...facts };
    this.parentPid = this.facts.parentPid;
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve;
    });
  }

  /** What the system gives back for it, once it has ended. */
  whenEnded(action: () => void): void {
    this.#afterwards.push(action);
  }

  end(how: ProcessEnd): void {
    this.isAlive = false;
    this.#tellEnd(how);
    for (const action of this.#afterwards) action();
  }

  get identity(): ProcessIdentity {
    return { ...BOOT, pid: this.pid, startTime: this.startTime };
  }

  get groupId(): number {
    return this.facts.groupId ?? this.pid;
  }
}
