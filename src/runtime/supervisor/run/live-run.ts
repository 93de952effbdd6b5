import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { HeldSocket } from '../../../platform/held-socket.ts';
import type { RunTrace } from '../../process/run-trace.ts';
import type { ExitStatus, HealthReport } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { Checkups } from './checkups.ts';
import type { KeptRecord, RecordChange } from './kept-record.ts';

export interface LiveRunFacts {
  readonly kept: KeptRecord;
  readonly environment: CommandEnvironment;
  readonly rootExited: Promise<ExitStatus>;
  readonly ending: AbortController;
  /** Its age at this moment; 0 unless it was adopted. */
  readonly ageMs: number;
  readonly clock: Clock;
  /** Called when the record or the health is another one, so that it is published. */
  readonly changed: () => void;
}

/** A run of which processes may be alive, as its supervisor holds it; the one owner of its record and health. */
export class LiveRun {
  /** What its processes were given; secrets included, so it is never written. */
  readonly environment: CommandEnvironment;
  /** Settles when the root process has ended; its parent knows how, an adopter only that. */
  readonly rootExited: Promise<ExitStatus>;
  /** Aborted when the run shall end: whatever probes or watches it gives up. */
  readonly ending: AbortController;
  readonly checkups = new Checkups();
  readonly #kept: KeptRecord;
  readonly #changed: () => void;
  readonly #clock: Clock;
  readonly #begunMs: number;
  #rootEndedMs: number | null = null;
  #startupMs: number | null = null;
  #health = UNPROBED;
  readonly #besides = new Map<number, number>();
  #movedFrom: number | null = null;
  #sockets: readonly HeldSocket[] = [];

  constructor({ kept, environment, rootExited, ending, ageMs, clock, changed }: LiveRunFacts) {
    this.#clock = clock;
    this.#begunMs = clock.monotonicMs() - ageMs;
    this.#kept = kept;
    this.environment = environment;
    this.rootExited = rootExited;
    void rootExited.then(() => {
      this.#rootEndedMs = clock.now();
    });
    this.ending = ending;
    this.#changed = changed;
  }

  get record(): RunRecord {
    return this.#kept.record;
  }

  /** The same, with what is known of its root's end. */
  get traced(): RunRecord & RunTrace {
    return this.#rootEndedMs === null ? this.record : { ...this.record, rootEndedMs: this.#rootEndedMs };
  }

  get health(): HealthReport {
    return this.#health;
  }

  /** How long it has lived, whatever the time of day was set to meanwhile. */
  get ageMs(): number {
    return Math.round(this.#clock.monotonicMs() - this.#begunMs);
  }

  /** From its launch until it was ready; `null`: it never was, or an earlier supervisor saw it. */
  get startupMs(): number | null {
    return this.#startupMs;
  }

  /** Ports that it has had open beside its own for so long while it was well: it does not serve there. */
  besidesFor(ms: number): readonly number[] {
    const until = this.#clock.monotonicMs() - ms;
    return [...this.#besides].filter(([, since]) => since <= until).map(([port]) => port);
  }

  /** It is well, and these are open beside its own port. One that is closed meanwhile may come again with a reload. */
  noteBesides(ports: readonly number[]): void {
    for (const port of ports) if (!this.#besides.has(port)) this.#besides.set(port, this.#clock.monotonicMs());
  }

  /** The port that it was told and has left for another one; `null`: it has left none. */
  get movedFrom(): number | null {
    return this.#movedFrom;
  }

  /** It does not come back to the port that it has left. */
  stay(): void {
    this.#movedFrom = null;
  }

  /** It serves there now. */
  move({ port, url }: { readonly port: number; readonly url: string | null }): void {
    this.#movedFrom = port === this.#movedFrom ? null : (this.#movedFrom ?? this.record.port);
    this.amend({ port, url });
  }

  /** On which it was seen to listen, where the system tells; empty: not looked at. */
  get sockets(): readonly HeldSocket[] {
    return this.#sockets;
  }

  noteSockets(sockets: readonly HeldSocket[]): void {
    if (sockets.length === 0 && this.#sockets.length === 0) return;
    this.#sockets = sockets;
    this.#changed();
  }

  /** It is ready for the first time. */
  becomeReady(change: RecordChange, health: HealthReport): void {
    this.#startupMs = this.ageMs;
    this.#health = health;
    this.amend(change);
  }

  /** Sets, writes and publishes; changes nothing once the run is over. */
  amend(change: RecordChange): void {
    this.#kept.amend(change);
    this.#changed();
  }

  report(health: HealthReport): void {
    this.#health = health;
    this.#changed();
  }

  /** Writes the record again, should its file have been removed. */
  rewrite(): void {
    this.#kept.write();
  }

  /** Nothing of the run is left, so no file may claim that something is. */
  remove(): void {
    this.#kept.remove();
  }
}

export const UNPROBED: HealthReport = {
  verdict: 'unknown',
  checkedAt: null,
  responseMs: null,
  grade: null,
  failures: 0,
};
