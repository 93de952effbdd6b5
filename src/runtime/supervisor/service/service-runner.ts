import type { ServicePlan } from '../../../plan/plan.ts';
import { newRunId } from '../../process/new-run-id.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { ServiceStatus } from '../../state/service-status.ts';
import { newsOf, type StateChange } from '../lifecycle/news-of.ts';
import { AT_REST, type Lifecycle, type LifecycleAction, type LifecycleEvent } from '../lifecycle/service-lifecycle.ts';
import { transition } from '../lifecycle/transition.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';
import { type LiveRun, UNPROBED } from '../run/live-run.ts';
import type { RunnerHost } from '../run/runner-host.ts';
import type { AdoptedService } from './adopted-service.ts';
import { BackOff } from './back-off.ts';
import { Changes } from './changes.ts';
import { composeStatus } from './compose-status.ts';
import type { InheritedService } from './inherited-service.ts';
import { LaunchSpecs } from './launch-specs.ts';
import { ServiceRuns } from './service-runs.ts';

/**
 * One service's mailbox. Events come in through `dispatch`, one at a time; the table decides, this performs.
 * Nothing else changes the service's state.
 */
export class ServiceRunner {
  readonly #host: RunnerHost;
  #service: ServicePlan;
  readonly #specs: LaunchSpecs;
  readonly #runs: ServiceRuns;
  readonly #backOff: BackOff;
  #lifecycle: Lifecycle = AT_REST;
  #lastExitAt: string | null = null;
  #lastRestart: ServiceStatus['lastRestart'] = null;
  #lastHealthyAt: string | null;
  readonly #queue: LifecycleEvent[] = [];
  #isDelivering = false;
  #isPublishDue = false;
  readonly #changes = new Changes<Lifecycle>();

  constructor(service: ServicePlan, host: RunnerHost) {
    this.#service = service;
    this.#host = host;
    this.#lastHealthyAt = host.lastHealthyAt(service.name);
    this.#specs = new LaunchSpecs(service.name, host.reassign);
    this.#backOff = new BackOff(host);
    this.#runs = new ServiceRuns({
      service: service.name,
      host,
      specs: this.#specs,
      isReady: () => this.#lifecycle.state === 'ready',
      crashTimes: () => this.#lifecycle.crashTimes,
      dispatch: (event) => this.dispatch(event),
      publish: () => this.publish(),
    });
  }

  get service(): ServicePlan {
    return this.#service;
  }

  get lifecycle(): Lifecycle {
    return this.#lifecycle;
  }

  /** The run that may be alive, and its record; `null`: none. */
  get live(): LiveRun | null {
    return this.#runs.live;
  }

  get record(): RunRecord | null {
    return this.live?.record ?? null;
  }

  /** Whether its run was started by an earlier supervisor. */
  get isAdopted(): boolean {
    return this.#runs.isAdopted;
  }

  get spec(): LaunchSpec | null {
    return this.#specs.current;
  }

  /** Gives what the next launches need, the next `start` or `restart` uses it. */
  prepare(spec: LaunchSpec): void {
    this.#service = spec.service;
    this.#host.hideSecretsOf(spec);
    this.#specs.give(spec);
  }

  /** Takes over a run that an earlier supervisor started. */
  adopt({ live, spec, past, lastRestart, as }: AdoptedService): void {
    this.#host.hideSecretsOf(spec);
    this.#specs.takeOver(spec);
    this.#runs.adopt(live);
    this.#lastRestart = lastRestart;
    this.dispatch({ type: 'adopted', run: live.record.id, past, as });
    if (as.state !== 'failed') this.#runs.follow(live, spec);
  }

  /** Takes over what an earlier supervisor knew of a service of which nothing lives any more. */
  inherit({ record, spec, lastExitAt, ...event }: InheritedService): void {
    this.#host.hideSecretsOf(spec);
    this.#specs.takeOver(spec);
    this.#runs.inherit(record);
    this.#lastExitAt = lastExitAt;
    this.dispatch({ type: 'inherited', ...event });
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

  /** Has its run probed now; resolves when it is known whether it is well, which its state tells. */
  async verify(): Promise<void> {
    await this.live?.checkups.ask();
  }

  status(): ServiceStatus {
    const health = this.live?.health ?? UNPROBED;
    if (health.verdict === 'healthy' && health.failures === 0) this.#lastHealthyAt = health.checkedAt;
    return composeStatus({
      service: this.#service,
      lifecycle: this.#lifecycle,
      record: this.#latestRecord,
      health,
      lastHealthyAt: this.#lastHealthyAt,
      sockets: this.live?.sockets ?? [],
      startupMs: this.live?.startupMs ?? null,
      lastExitAt: this.#lastExitAt,
      lastRestart: this.#lastRestart,
      log: this.#host.logOf(this.#service.name),
      supervisor: this.#host.identity,
    });
  }

  /** Once for all changes of this turn, before anything that waits for them goes on. */
  publish(): void {
    if (this.#isPublishDue) return;
    this.#isPublishDue = true;
    queueMicrotask(() => {
      this.#isPublishDue = false;
      this.#host.publish(this.status());
    });
  }

  get #latestRecord(): RunRecord | null {
    return this.record ?? this.#runs.lastRecord;
  }

  #deliver(event: LifecycleEvent): void {
    const before = this.#lifecycle;
    const { lifecycle: after, actions } = transition(before, event, {
      nowMs: this.#host.clock.monotonicMs(),
      freshRun: newRunId(),
      restart: this.#service.restart,
      hasOtherPort: mayFallBack(this.#service),
    });
    const isEnd = event.type === 'exited' || event.type === 'stopped';
    if (isEnd && event.run === before.run) this.#lastExitAt = this.#host.timestamp();
    this.#lifecycle = after;
    if (after.restarts > before.restarts && after.state === 'backing-off') {
      this.#lastRestart = { at: this.#host.timestamp(), failure: after.failure };
    }
    if (isGivenUp({ before, event, after })) this.#host.withdrawPort(this.#service.name);
    const pid = this.#latestRecord?.root?.pid ?? 0;
    const failures = this.live?.health.failures ?? 0;
    for (const news of newsOf({ before, event, after, pid, failures })) this.#host.announce(this.#service.name, news);
    this.#host.debug(this.#service.name, 'lifecycle', factsOf({ before, event, after }, actions));
    for (const action of actions) this.#perform(action);
    this.publish();
    this.#changes.notify();
  }

  #perform(action: LifecycleAction): void {
    switch (action.do) {
      case 'launch':
        this.#runs.launch(action.run);
        break;
      case 'end':
        // Not caught: it would be stopping for ever. The next supervisor adopts what is left.
        void this.#runs.end(action.run, action.mode);
        break;
      case 'back-off':
        this.#startBackOff(action.delayMs);
        break;
      case 'cancel-back-off':
        this.#backOff.cancel();
    }
  }

  #startBackOff(delayMs: number): void {
    const { maxRestarts } = this.#service.restart;
    const news = { kind: 'backing-off', delayMs, attempt: this.#lifecycle.restarts, maxRestarts } as const;
    this.#host.announce(this.#service.name, news);
    const { crashTimes } = this.#lifecycle;
    const over = (): void => this.dispatch({ type: 'backed-off' });
    this.#backOff.start({ delayMs, record: this.#runs.lastRecord, crashTimes, over });
  }
}

/** Whether no run will come that a port may have been assigned to. */
function isGivenUp({ before, event, after }: Pick<StateChange, 'before' | 'event' | 'after'>): boolean {
  return (event.type === 'stop' || before.state === 'stopping') && (after.state === 'down' || after.state === 'failed');
}

/** Why the state is what it is now. */
function factsOf(
  { before, event, after }: Pick<StateChange, 'before' | 'event' | 'after'>,
  actions: readonly LifecycleAction[],
) {
  return {
    event: event.type,
    from: before.state,
    to: after.state,
    wanted: after.wanted,
    run: after.run ?? undefined,
    because: 'failure' in event ? event.failure : undefined,
    does: actions.length === 0 ? undefined : actions.map((action) => action.do),
  };
}

function mayFallBack({ port }: ServicePlan): boolean {
  return port.kind === 'auto' || (port.kind === 'wanted' && port.fallbackSpan > 0);
}
