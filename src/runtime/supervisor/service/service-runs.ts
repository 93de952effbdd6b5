import type { Failure } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { removeRunRecord } from '../../state/run-record-file.ts';
import type { LifecycleEvent, StopMode } from '../lifecycle/service-lifecycle.ts';
import { bringUp, failureOf } from '../run/bring-up.ts';
import { endRun } from '../run/end-run.ts';
import { followRun } from '../run/follow-run.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';
import type { LiveRun } from '../run/live-run.ts';
import type { RunnerHost } from '../run/runner-host.ts';
import type { LaunchSpecs } from './launch-specs.ts';
import type { LaunchedRun } from './launched-run.ts';

/** What the runs of a service ask of its mailbox. */
export interface Mailbox {
  readonly service: string;
  readonly host: RunnerHost;
  readonly specs: LaunchSpecs;
  isReady(): boolean;
  crashTimes(): readonly number[];
  dispatch(event: LifecycleEvent): void;
  publish(): void;
}

/** The runs of one service, one at a time: brings them up, has them followed, ends them, and tells the mailbox. */
export class ServiceRuns {
  readonly #mailbox: Mailbox;
  #launched: LaunchedRun | null = null;
  #live: LiveRun | null = null;
  #lastRecord: RunRecord | null = null;
  #isAdopted = false;

  constructor(mailbox: Mailbox) {
    this.#mailbox = mailbox;
  }

  /** The run that may be alive; `null`: none. */
  get live(): LiveRun | null {
    return this.#live;
  }

  /** Of the run that ended last. */
  get lastRecord(): RunRecord | null {
    return this.#lastRecord;
  }

  /** Whether the current run was started by an earlier supervisor. */
  get isAdopted(): boolean {
    return this.#isAdopted;
  }

  inherit(record: RunRecord): void {
    this.#lastRecord = record;
  }

  /** Takes over a run that lives; `follow` begins once the table knows of it. */
  adopt(live: LiveRun): void {
    this.#live = live;
    this.#isAdopted = true;
    this.#launched = { id: live.record.id, ending: live.ending, prepared: Promise.resolve(live) };
  }

  launch(run: string): void {
    const ending = new AbortController();
    this.#live = null;
    this.#isAdopted = false;
    this.#launched = { id: run, ending, prepared: this.#bringUp(run, ending) };
  }

  /** By the spec that it was launched with: a newer one is for the next run. */
  follow(live: LiveRun, spec: LaunchSpec): void {
    const { host, dispatch, isReady } = this.#mailbox;
    const removed = (): void => this.#remove(live);
    followRun({ live, spec, service: spec.service, host, dispatch, isReady, removed });
  }

  async end(run: string, mode: StopMode): Promise<void> {
    const { host, dispatch } = this.#mailbox;
    const launched = this.#launched;
    if (launched === null || launched.id !== run) return this.#later({ type: 'stopped', run, exit: null });
    launched.ending.abort();
    const live = await launched.prepared;
    if (live === null) return dispatch({ type: 'stopped', run, exit: null });
    const startedMs = host.clock.monotonicMs();
    const { plan, root } = live.record;
    const failure = await endRun({ live, service: plan, mode, host });
    if (failure !== null) return dispatch({ type: 'stop-failed', run, failure });
    // Two ends of a run, such as a stop and the kill that followed on it, may see it over in the same turn.
    if (this.#live === live) {
      const tookMs = Math.round(host.clock.monotonicMs() - startedMs);
      host.announce(plan.name, { kind: 'stopped', pid: root?.pid ?? 0, tookMs });
    }
    this.#remove(live);
    dispatch({ type: 'stopped', run, exit: await live.rootExited });
  }

  /** Tells its failures as events; never rejects. */
  async #bringUp(run: string, ending: AbortController): Promise<LiveRun | null> {
    const { host, specs, publish, crashTimes } = this.#mailbox;
    try {
      const spec = await specs.next(run);
      if (!spec.ok) return this.#refuse(run, spec.error);
      const outcome = await bringUp({
        ...{ spec: spec.value, run, ending, host },
        crashTimes: crashTimes(),
        changed: publish,
      });
      if (outcome.kind === 'refused') return this.#refuse(run, outcome.failure);
      this.#live = outcome.live;
      publish();
      if (outcome.kind === 'up') this.follow(outcome.live, spec.value);
      else this.#later({ type: 'broken', run, failure: outcome.failure });
      return outcome.live;
    } catch (cause) {
      return this.#refuse(run, failureOf(host, cause));
    }
  }

  /**
   * The record of a back-off that led here goes, too: nothing is to be resumed any more. So does the port: it may be
   * claimed for this run already when what follows fails.
   */
  #refuse(run: string, failure: Failure): null {
    const { host, service } = this.#mailbox;
    removeRunRecord(host.root, service);
    host.releasePort(run);
    this.#later({ type: 'broken', run, failure });
    return null;
  }

  #remove(live: LiveRun): void {
    live.remove();
    if (this.#live !== live) return;
    this.#live = null;
    this.#lastRecord = live.record;
    this.#mailbox.host.releasePort(live.record.id);
  }

  /** For events that arise while an event is being delivered or before its run is known. */
  #later(event: LifecycleEvent): void {
    queueMicrotask(() => this.#mailbox.dispatch(event));
  }
}
