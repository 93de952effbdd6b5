import { existsSync } from 'node:fs';
import { cleanShellEnvironment } from '../../plan/environment.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { secretsOf } from '../../plan/secrets.ts';
import { systemClock } from '../../platform/clock.ts';
import { type Client, connectedClients } from '../../platform/connected-clients.ts';
import { LatelyListening } from '../../platform/lately-listening.ts';
import { ownIdentity } from '../../platform/process-identity.ts';
import { findMembersOfEach } from '../process/find-members.ts';
import { pathsOf } from '../state/paths.ts';
import type { RunRecord } from '../state/run-record.ts';
import { readStatus } from '../state/status-file.ts';
import { writeSupervisor } from '../state/supervisor-file.ts';
import { Meter } from './meter.ts';
import { OrphanedCommands } from './orphaned-commands.ts';
import { CheckoutPorts } from './ports/checkout-ports.ts';
import { reassignPort } from './ports/reassign-port.ts';
import { Publisher } from './publisher.ts';
import { IdleWatch } from './requests/idle-watch.ts';
import { Leases } from './requests/leases.ts';
import { Pending } from './requests/pending.ts';
import { ServiceTurns } from './requests/service-turns.ts';
import { Uses } from './requests/uses.ts';
import type { LaunchSpec } from './run/launch-spec.ts';
import type { RunnerHost } from './run/runner-host.ts';
import { type Alerts, sendAlerts } from './send-alerts.ts';
import { ServiceRunner } from './service/service-runner.ts';
import { toldPort } from './service/told-port.ts';

/** Owns the runs of one checkout: a runner for each service that was ever asked for, and what they share. */
export class Supervisor {
  readonly root: string;
  readonly publisher: Publisher;
  readonly ports: CheckoutPorts;
  readonly turns = new ServiceTurns();
  /** Restarts of services that were told a port which changed, by the service that has it. */
  readonly following = new Pending();
  readonly leases = new Leases();
  readonly uses: Uses;
  readonly idle: IdleWatch;
  readonly commands: OrphanedCommands;
  readonly #runners = new Map<string, ServiceRunner>();
  readonly #alerts: Alerts;
  readonly #meter: Meter;
  readonly #host: RunnerHost;
  readonly #stops = new Map<string, number>();
  #stopsOfAll = 0;
  #hidden: Pick<LaunchSpec, 'plan' | 'shellEnvironment'> | null = null;
  /** For lost statuses. */
  #looks = 0;

  constructor(root: string) {
    this.root = root;
    this.publisher = new Publisher(root, cleanShellEnvironment(process.env));
    this.ports = new CheckoutPorts(root, () => this.liveRecords());
    this.uses = new Uses(root, systemClock.now);
    this.idle = new IdleWatch({ clock: systemClock, clients: () => this.#clients() });
    this.commands = new OrphanedCommands(root, (level, message) => this.publisher.note(level, message));
    this.#alerts = sendAlerts({
      root,
      publisher: this.publisher,
      runnerNamed: (service) => this.#runners.get(service),
      currentPorts: () => this.#currentPorts(),
    });
    this.#meter = new Meter({
      clock: systemClock,
      recordOf: (service) => this.#runners.get(service)?.record ?? undefined,
      write: (sample) => this.publisher.measure(sample),
    });
    this.#host = this.#createHost();
  }

  get runners(): readonly ServiceRunner[] {
    return [...this.#runners.values()];
  }

  /**
   * Every stop is counted, so that a start that was asked for before it does not undo it. No names: of all services,
   * those included that no runner was made for yet.
   */
  noteStop(names: readonly string[]): void {
    if (names.length === 0) this.#stopsOfAll += 1;
    for (const name of names) this.#stops.set(name, (this.#stops.get(name) ?? 0) + 1);
  }

  stopsOf(name: string): number {
    return this.#stopsOfAll + (this.#stops.get(name) ?? 0);
  }

  /** The runner of a service, made when it is asked for the first time. */
  runnerOf(service: ServicePlan): ServiceRunner {
    const existing = this.#runners.get(service.name);
    if (existing !== undefined) return existing;
    const runner = new ServiceRunner(service, this.#host);
    this.#runners.set(service.name, runner);
    return runner;
  }

  /** Nothing runs, is being ended or will start by itself, no command needs us, and every alert has been sent. */
  get isIdle(): boolean {
    return !this.#alerts.isBusy && this.isAtRest && !this.leases.isAnyHeld && !this.commands.isEnding;
  }

  get isAtRest(): boolean {
    return this.runners.every(({ lifecycle: { state } }) => state === 'down' || state === 'failed');
  }

  liveRecords(): readonly RunRecord[] {
    return this.runners.flatMap(({ record }) => (record === null ? [] : [record]));
  }

  /** Whether the status of a service that runs was removed; looks at one of them, at another one each time. */
  hasLostStatus(): boolean {
    const living = this.runners.filter(({ live }) => live !== null);
    this.#looks += 1;
    const runner = living[this.#looks % living.length];
    return runner !== undefined && !existsSync(pathsOf(this.root).status(runner.service.name));
  }

  /** Writes everything again that lies in `logs/`. */
  republish(): void {
    writeSupervisor(this.root);
    this.publisher.startAfresh();
    this.uses.write();
    for (const runner of this.runners) {
      runner.live?.rewrite();
      runner.publish();
    }
  }

  readonly reportBug = (cause: unknown): void => {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    this.publisher.note('ERROR', text);
  };

  #createHost(): RunnerHost {
    return {
      root: this.root,
      identity: ownIdentity(),
      clock: systemClock,
      timestamp: () => new Date(systemClock.now()).toISOString(),
      lastHealthyAt: (service) => lastHealthyAt(this.root, service),
      logOf: (service) => `logs/${service}.log`,
      hideSecretsOf: (spec) => this.#hideSecretsOf(spec),
      announce: (service, news) => this.publisher.announce(service, news),
      publish: (status) => {
        this.publisher.publish(status);
        this.#meter.take(status);
        this.#alerts.look(status);
      },
      tellProbe: (service) => {
        this.publisher.tellProbe(service.name);
        this.idle.probed(service);
      },
      tellOutput: (service, lines) => this.idle.wrote(service, lines),
      debug: (service, decision, facts) => this.publisher.debug(service, decision, facts),
      currentPorts: () => this.#currentPorts(),
      reassign: (spec, run) => reassignPort(this, spec, run),
      claimPort: (service, port, run) => this.ports.claims.claim({ service, port, run }),
      withdrawPort: (service) => this.ports.claims.withdraw(service),
      releasePort: (run) => this.ports.claims.release(run),
      holdersOf: (listeners, service) => this.ports.describe(listeners, service),
      lately: new LatelyListening(systemClock),
      reportBug: this.reportBug,
    };
  }

  /** All launches of a start have the same ones. */
  #hideSecretsOf({ plan, shellEnvironment }: LaunchSpec): void {
    if (this.#hidden?.plan === plan && this.#hidden.shellEnvironment === shellEnvironment) return;
    this.#hidden = { plan, shellEnvironment };
    this.publisher.hide(secretsOf(plan, shellEnvironment));
  }

  #clients(): readonly Client[] {
    const records = this.liveRecords();
    const ports = new Set(records.flatMap(({ port }) => (port === null ? [] : [port])));
    return connectedClients(ports, () =>
      findMembersOfEach(records).flatMap((run) => run.map(({ entry }) => entry.pid)),
    );
  }

  #currentPorts(): ReadonlyMap<string, number | null> {
    return new Map(this.runners.map((runner) => [runner.service.name, toldPort(runner)]));
  }
}

/** As an earlier supervisor wrote it. */
function lastHealthyAt(root: string, service: string): string | null {
  const status = readStatus(root, service);
  return status.ok ? status.value.lastHealthyAt : null;
}
