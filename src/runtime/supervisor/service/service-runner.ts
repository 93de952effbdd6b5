import type { ServicePlan } from '../../../plan/plan.ts';
import { newRunId } from '../../process/new-run-id.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { ServiceStatus } from '../../state/service-status.ts';
import {
  AT_REST,
  type Lifecycle,
  type LifecycleAction,
  type LifecycleEvent,
  type StopMode,
} from '../lifecycle/service-lifecycle.ts';
import { transition } from '../lifecycle/transition.ts';
import { bringUp } from '../run/bring-up.ts';
import { endRun } from '../run/end-run.ts';
import { followRun } from '../run/follow-run.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';
import { type LiveRun, UNPROBED } from '../run/live-run.ts';
import { removeRun } from '../run/remove-run.ts';
import type { RunnerHost } from '../run/runner-host.ts';
import type { Attempt } from './attempt.ts';
import { BackOff } from './back-off.ts';
import { Changes } from './changes.ts';
import { composeStatus } from './compose-status.ts';
import type { InheritedService } from './inherited-service.ts';
import { LaunchSpecs } from './launch-specs.ts';

/**
 * One service's mailbox. Events come in through `dispatch`, one at a time; the table decides, this performs.
 * Nothing else changes the service's state.
 */
export class ServiceRunner {
  readonly #host: RunnerHost;
  #service: ServicePlan;
  readonly #orders: LaunchSpecs;
  #lifecycle: Lifecycle = AT_REST;
  #attempt: Attempt | null = null;
  #live: LiveRun | null = null;
  #lastRecord: RunRecord | null = null;
  #lastExitAt: string | null = null;
  #isAdopted = false;
  readonly #backOff: BackOff;
  readonly #queue: LifecycleEvent[] = [];
  #isDelivering = false;
  readonly #changes = new Changes<Lifecycle>();

  constructor(service: ServicePlan, host: RunnerHost) {
    this.#service = service;
    this.#host = host;
    this.#orders = new LaunchSpecs(service.name, host.reassign);
    this.#backOff = new BackOff(service.name, host);
  }

  get service(): ServicePlan {
    return this.#service;
  }

  get lifecycle(): Lifecycle {
    return this.#lifecycle;
  }

  /** The run that may be alive, and its record; `null`: none. */
  get live(): LiveRun | null {
    return this.#live;
  }

  get record(): RunRecord | null {
    return this.#live?.record ?? null;
  }

  /** Whether its run was started by an earlier supervisor. */
  get isAdopted(): boolean {
    return this.#isAdopted;
  }

  get order(): LaunchSpec | null {
    return this.#orders.current;
  }

  /** Gives what the next launches need, the next `start` or `restart` uses it. */
  prepare(order: LaunchSpec): void {
    this.#service = order.service;
    this.#orders.give(order);
  }

  /** Takes over a run that an earlier supervisor started. */
  adopt(live: LiveRun, order: LaunchSpec): void {
    this.#orders.takeOver(order);
    this.#live = live;
    this.#isAdopted = true;
    this.#attempt = { run: live.record.id, ending: live.ending, prepared: Promise.resolve(live) };
    this.dispatch({ type: 'adopted', run: live.record.id, isReady: live.record.readyAt !== null });
    this.#follow(live);
  }

  /** Takes over what an earlier supervisor knew of a service of which nothing lives any more. */
  inherit({ record, order, past, next, lastExitAt }: InheritedService): void {
    this.#orders.takeOver(order);
    this.#lastRecord = record;
    this.#lastExitAt = lastExitAt;
    this.dispatch({ type: 'inherited', past, next });
  }

  dispatch(event: LifecycleEvent): void {
    this.#queue.push(event);
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#deliver(next);
    } finally {
      this.#isDelivering = false;
    }
  }

  /** Resolves as soon as the lifecycle satisfies `holds`, at once if it does already. */
  until(holds: (lifecycle: Lifecycle) => boolean): Promise<Lifecycle> {
    return this.#changes.until(() => this.#lifecycle, holds);
  }

  status(): ServiceStatus {
    return composeStatus({
      service: this.#service,
      lifecycle: this.#lifecycle,
      record: this.#live?.record ?? this.#lastRecord,
      health: this.#live?.health ?? UNPROBED,
      lastExitAt: this.#lastExitAt,
      log: this.#host.logOf(this.#service.name),
      supervisor: this.#host.identity,
    });
  }

  readonly publish = (): void => this.#host.publish(this.status());

  #deliver(event: LifecycleEvent): void {
    const before = this.#lifecycle;
    const step = transition(before, event, {
      nowMs: this.#host.clock.now(),
      freshRun: newRunId(),
      restart: this.#service.restart,
    });
    const isEnd = event.type === 'exited' || event.type === 'stopped';
    if (isEnd && event.run === before.run) this.#lastExitAt = this.#host.timestamp();
    this.#lifecycle = step.lifecycle;
    if (before.state !== 'failed' && step.lifecycle.state === 'failed' && step.lifecycle.failure !== null) {
      this.#host.announce(this.#service.name, { kind: 'failed', failure: step.lifecycle.failure });
    }
    for (const action of step.actions) this.#perform(action);
    this.publish();
    this.#changes.notify();
  }

  #perform(action: LifecycleAction): void {
    switch (action.do) {
      case 'launch':
        this.#launch(action.run);
        break;
      case 'end':
        void this.#end(action.run, action.mode).catch(this.#host.reportBug);
        break;
      case 'back-off':
        this.#startBackOff(action.delayMs);
        break;
      case 'cancel-back-off':
        this.#backOff.cancel();
    }
  }

  #launch(run: string): void {
    const ending = new AbortController();
    this.#live = null;
    this.#isAdopted = false;
    this.#attempt = { run, ending, prepared: this.#bringUp(run, ending) };
  }

  /** Reports its failures as events; never rejects. */
  async #bringUp(run: string, ending: AbortController): Promise<LiveRun | null> {
    try {
      const order = await this.#orders.next();
      const outcome = order.ok ? await bringUp({ order: order.value, run, ending, host: this.#host }) : order;
      if (!outcome.ok) {
        this.#later({ type: 'broken', run, failure: outcome.error });
        return null;
      }
      this.#live = outcome.value;
      this.publish();
      this.#follow(outcome.value);
      return outcome.value;
    } catch (cause) {
      this.#host.reportBug(cause);
      const failure = { reason: 'spawn-failed', code: 'INTERNAL', message: String(cause) } as const;
      this.#later({ type: 'broken', run, failure });
      return null;
    }
  }

  #follow(live: LiveRun): void {
    followRun({
      live,
      order: this.order,
      service: this.#service,
      host: this.#host,
      changed: this.publish,
      dispatch: (event) => this.dispatch(event),
      isReady: () => this.#lifecycle.state === 'ready',
      loseRace: () => this.#loseRace(live),
      removed: () => this.#removeRun(live),
    });
  }

  /** Whether the run gives its port up for another one; `false`: it has to fail. */
  #loseRace(live: LiveRun): boolean {
    if (this.#lifecycle.state !== 'starting' || !this.#orders.mayLoseRace()) return false;
    this.dispatch({ type: 'lost-race', run: live.record.id });
    return true;
  }

  async #end(run: string, mode: StopMode): Promise<void> {
    const attempt = this.#attempt;
    if (attempt === null || attempt.run !== run) return this.#later({ type: 'stopped', run, exit: null });
    attempt.ending.abort();
    const live = await attempt.prepared;
    if (live === null) return this.dispatch({ type: 'stopped', run, exit: null });
    const isOver = (): boolean => this.#live !== live;
    const failure = await endRun({ live, service: this.#service, mode, host: this.#host, isOver });
    if (failure !== null) return this.dispatch({ type: 'stop-failed', run, failure });
    this.#removeRun(live);
    this.dispatch({ type: 'stopped', run, exit: await live.rootExited });
  }

  /** The run is over: nothing of it is left, so nothing may claim it is. */
  #removeRun(live: LiveRun): void {
    if (this.#live !== live) return;
    this.#live = null;
    this.#lastRecord = live.record;
    removeRun(live.record, this.#host);
  }

  #startBackOff(delayMs: number): void {
    const { maxRestarts } = this.#service.restart;
    const news = { kind: 'backing-off', delayMs, attempt: this.#lifecycle.restarts, maxRestarts } as const;
    this.#host.announce(this.#service.name, news);
    this.#backOff.start({ delayMs, record: this.#lastRecord, over: () => this.dispatch({ type: 'backed-off' }) });
  }

  /** For events that arise while an event is being delivered or before its attempt is known. */
  #later(event: LifecycleEvent): void {
    queueMicrotask(() => this.dispatch(event));
  }
}
