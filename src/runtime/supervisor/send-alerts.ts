import { hookEnvironment } from '../../plan/environment.ts';
import { hooksOf } from '../../plan/hooks-of.ts';
import { systemClock } from '../../platform/clock.ts';
import { systemFacts } from '../../platform/system-facts.ts';
import { closingLines } from '../logs/read-tail.ts';
import { noteHookOutcomes } from '../state/hook-outcomes.ts';
import { pathsOf } from '../state/paths.ts';
import type { ServiceStatus } from '../state/service-status.ts';
import type { Alert } from './alerts/alert.ts';
import { Alerter } from './alerts/alerter.ts';
import { deliverAlert } from './alerts/deliver-alert.ts';
import { GradeWatch } from './alerts/grade-watch.ts';
import { MachineWatch } from './alerts/machine-watch.ts';
import type { Publisher } from './publisher.ts';
import type { LaunchSpec } from './run/launch-spec.ts';
import type { ServiceRunner } from './service/service-runner.ts';

export interface AlertSource {
  readonly root: string;
  readonly publisher: Publisher;
  runnerNamed(service: string): ServiceRunner | undefined;
  currentPorts(): ReadonlyMap<string, number | null>;
}

export interface Alerts {
  /** Whether one is still to be sent. */
  readonly isBusy: boolean;
  look(status: ServiceStatus): void;
}

/** Has hooks told of what goes wrong: those of the plan that a service was started with; without any, nothing. */
export function sendAlerts(source: AlertSource): Alerts {
  const { publisher, root } = source;
  const specOf = (service: string): LaunchSpec | undefined => {
    const spec = source.runnerNamed(service)?.spec;
    return spec && hooksOf(spec.plan.hooks).length > 0 ? spec : undefined;
  };
  const send = async (service: string, alert: Alert): Promise<void> => {
    const spec = specOf(service);
    if (spec === undefined) return;
    const { plan, shellEnvironment } = spec;
    const request = { plan, root, ports: source.currentPorts(), shellEnvironment };
    const delivery = { hooks: plan.hooks, environment: hookEnvironment(request), root, clock: systemClock };
    const outcomes = publisher.presentable(await deliverAlert(alert, delivery));
    for (const { hook, problem } of outcomes)
      if (problem !== null) publisher.note('WARN', `hook \`${hook}\`: ${problem}`);
    noteHookOutcomes(root, outcomes, new Date(systemClock.now()).toISOString());
  };
  const alerter = new Alerter({
    clock: systemClock,
    factsOf(service) {
      const spec = specOf(service);
      if (spec === undefined) return undefined;
      const record = source.runnerNamed(service)?.record;
      const log = pathsOf(root).log(service);
      const lastLines = () => closingLines(log, record?.logOffset ?? 0);
      return { project: spec.plan.name, url: record?.url ?? null, lastLines };
    },
    presentable: (facts) => publisher.presentable(facts),
    send: (service, alert) => send(service, alert).catch((cause: unknown) => publisher.note('ERROR', String(cause))),
  });
  publisher.subscribe((event) => alerter.note(event));
  const [grades, machine] = [new GradeWatch(), new MachineWatch()];
  return {
    get isBusy() {
      return alerter.isBusy;
    },
    look(status) {
      const { service } = status;
      if (specOf(service) === undefined) return;
      const tell = alerter.tell.bind(alerter, service);
      const nowMs = systemClock.monotonicMs();
      grades.look(status, nowMs, tell);
      const at = new Date(systemClock.now()).toISOString();
      machine.look({ nowMs, at, facts: () => systemFacts(root) }, tell);
    },
  };
}
