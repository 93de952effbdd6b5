import { appendFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { ProcessEnd } from '../../src/platform/spawn-service.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { type NewProcess, SimulatedProcess } from './simulated-process.ts';
import { SimulatedSockets } from './simulated-sockets.ts';

/** Few, so that the pid of a process that has ended is soon that of another one. */
const FIRST_PID = 100;
const LAST_PID = 160;

/** A machine that exists only here: its clock, processes, sockets, locks and watches. Its files are real, in `folder`. */
export class Machine {
  readonly clock = new SimulatedClock();
  readonly sockets = new SimulatedSockets();
  readonly folder: string;
  readonly #processes = new Map<number, SimulatedProcess>();
  readonly #locks = new Map<string, SimulatedProcess>();
  readonly #watchers = new Set<() => void>();
  readonly #fileWatches = new Set<{ readonly path: string; readonly action: () => void }>();
  /** Watches and locks that are held, by what they are for. */
  readonly held: Map<string, number> = new Map();
  /** What became wrong, in the order in which it did. */
  readonly faults: string[] = [];
  /** What happened, for who reads of a fault. */
  readonly story: string[] = [];
  #latestPid = FIRST_PID;
  #spawned = 0;
  #drawn = 0;
  /** Told before a signal of a process reaches another one. */
  onSignal: (sender: SimulatedProcess, target: SimulatedProcess, signal: string) => void = () => undefined;
  /** Looked at after everything that happens. */
  onTick: () => void = () => undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  get processes(): readonly SimulatedProcess[] {
    return [...this.#processes.values()];
  }

  /** The same ones for the same schedule. */
  randomBytes(size: number): Buffer {
    this.#drawn += 1;
    const bytes = Buffer.alloc(size);
    bytes.writeUInt32BE(this.#drawn, size - 4);
    return bytes;
  }

  tell(what: string): void {
    this.story.push(`${Math.round(this.clock.nowMs - 1000)} ms: ${what}`);
  }

  fault(what: string): void {
    this.tell(`FAULT ${what}`);
    this.faults.push(what);
  }

  readonly find = (pid: number): SimulatedProcess | undefined => this.#processes.get(pid);

  spawn(facts: NewProcess): SimulatedProcess {
    do this.#latestPid = this.#latestPid < LAST_PID ? this.#latestPid + 1 : FIRST_PID;
    while (this.#processes.has(this.#latestPid));
    this.#spawned += 1;
    const process = new SimulatedProcess(this.#latestPid, this.#spawned, facts);
    this.#processes.set(process.pid, process);
    return process;
  }

  end(process: SimulatedProcess, end: ProcessEnd): void {
    if (!process.isAlive) return;
    this.tell(`${process.facts.name} (${process.pid}) ends, ${end.signal ?? end.code}`);
    this.#processes.delete(process.pid);
    this.clock.cancelAllOf(process);
    this.sockets.closeAllOf(process);
    const heir = this.#heirOf(process);
    for (const child of this.childrenOf(process)) child.parentPid = heir;
    for (const [name, holder] of this.#locks) if (holder === process) this.#locks.delete(name);
    process.end(end);
    this.notify();
  }

  childrenOf({ pid }: SimulatedProcess): readonly SimulatedProcess[] {
    return this.processes.filter(({ parentPid }) => parentPid === pid);
  }

  /** Who gets the children of a process that ends: the subreaper that it lives under, or pid 1. */
  #heirOf({ parentPid }: SimulatedProcess): number {
    const parent = this.find(parentPid);
    if (parent === undefined) return 1;
    return parent.facts.name === 'subreaper' ? parent.pid : this.#heirOf(parent);
  }

  /** As kill(2): a negative number is a group. Gives how many were reached. */
  signal(sender: SimulatedProcess, target: number, signal: string): number {
    const reached = target < 0 ? this.processes.filter(({ groupId }) => groupId === -target) : [this.find(target)];
    const living = reached.filter((each) => each !== undefined);
    for (const each of living) {
      this.onSignal(sender, each, signal);
      if (signal === 'SIGKILL') this.end(each, { code: null, signal });
      else each.facts.onSignal(signal);
    }
    return living.length;
  }

  /** `undefined`: another process has it. */
  lock(name: string, process: SimulatedProcess): { release(): void } | undefined {
    if (this.#locks.has(name)) return undefined;
    this.#locks.set(name, process);
    return {
      release: () => {
        if (this.#locks.get(name) === process) this.#locks.delete(name);
        this.notify();
      },
    };
  }

  isLocked(name: string): boolean {
    return [...this.#locks.keys()].some((path) => path.endsWith(`/${name}`));
  }

  /** Counts something that has to be given back. */
  hold(what: string): () => void {
    this.held.set(what, (this.held.get(what) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.held.set(what, (this.held.get(what) ?? 0) - 1);
    };
  }

  /** Calls `look` after each end of a process and each release of a lock, until the returned function is called. */
  watch(look: () => void): () => void {
    this.#watchers.add(look);
    return () => this.#watchers.delete(look);
  }

  notify(): void {
    for (const look of [...this.#watchers]) look();
  }

  /** Calls `action` after each growth of a file. */
  watchFile(path: string, action: () => void): () => void {
    const watch = { path, action };
    this.#fileWatches.add(watch);
    return () => this.#fileWatches.delete(watch);
  }

  grow(path: string, text: string): void {
    appendFileSync(path, text);
    for (const watch of [...this.#fileWatches]) if (watch.path === path) watch.action();
  }

  /** Lets everything run that needs no time. */
  async settle(): Promise<void> {
    await setImmediate();
    this.onTick();
  }

  async pass(ms: number): Promise<void> {
    const limitMs = this.clock.nowMs + ms;
    await this.settle();
    while (this.faults.length === 0 && this.clock.step(limitMs)) await this.settle();
  }
}
