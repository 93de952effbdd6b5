import { programIn } from '../../manifest/launcher.ts';
import { hookEnvironment } from '../../plan/environment.ts';
import { hooksOf } from '../../plan/hooks-of.ts';
import type { Plan } from '../../plan/plan.ts';
import { readLastPlan } from '../../plan/plan-cache.ts';
import { secretsOf } from '../../plan/secrets.ts';
import { systemClock } from '../../platform/clock.ts';
import { systemFacts } from '../../platform/system-facts.ts';
import { closingLines } from '../logs/read-tail.ts';
import { pathsOf } from '../state/paths.ts';
import type { ServiceStatus } from '../state/service-status.ts';
import type { Alert } from './alerts/alert.ts';
import { Alerter } from './alerts/alerter.ts';
import { deliverAlert } from './alerts/deliver-alert.ts';
import { GradeWatch } from './alerts/grade-watch.ts';
import { HookTurns } from './alerts/hook-turns.ts';
import { MachineWatch } from './alerts/machine-watch.ts';
import { PATIENCE } from './alerts/patience.ts';
import type { Publisher } from './publisher.ts';
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

/** Has hooks told of what goes wrong; without any, nothing. */
export function sendAlerts(source: AlertSource): Alerts {
  const { publisher, root } = source;
  const send = senderOf(source);
  const alerter = new Alerter({
    clock: systemClock,
    words: () => ({ program: programIn(root), home: '' }),
    factsOf(service) {
      const plan = hookingPlan(source, service);
      if (plan === undefined) return undefined;
      const record = source.runnerNamed(service)?.record;
      const log = pathsOf(root).log(service);
      const lastLines = () => closingLines(log, record?.logOffset ?? 0);
      return { project: plan.name, url: record?.url ?? null, lastLines };
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
      const tell = alerter.tell.bind(alerter, status.service);
      const nowMs = systemClock.monotonicMs();
      grades.look(status, nowMs, tell);
      const at = new Date(systemClock.now()).toISOString();
      machine.look({ nowMs, at, facts: () => systemFacts(root) }, tell);
    },
  };
}

function senderOf(source: AlertSource): (service: string, alert: Alert) => Promise<void> {
  const { publisher, root } = source;
  const turns = new HookTurns();
  // What a killed supervisor leaves the next one ends, which looks for it by itself.
  const guard = { root, acquire: async () => undefined };
  return async (service, alert) => {
    const plan = hookingPlan(source, service);
    const shellEnvironment = source.runnerNamed(service)?.spec?.shellEnvironment;
    if (plan === undefined || shellEnvironment === undefined) return;
    const environment = hookEnvironment({ plan, root, ports: source.currentPorts(), shellEnvironment });
    const means = { guard, turns, clock: systemClock, patience: PATIENCE.alert, signal: new AbortController().signal };
    publisher.noteHooks(await deliverAlert(alert, { hooks: plan.hooks, environment, ...means }));
  };
}

/**
 * The plan whose hooks are told of a service: that of the config as a command has last read it, which need not be the
 * one that the service was started with. `undefined`: there are no hooks, or no
 * project any more: a command would bring its folder back.
 */
function hookingPlan({ root, publisher, runnerNamed }: AlertSource, service: string): Plan | undefined {
  const spec = runnerNamed(service)?.spec;
  if (!spec || publisher.isSilent) return undefined;
  const plan = readLastPlan(root) ?? spec.plan;
  publisher.hide(secretsOf(plan, spec.shellEnvironment));
  return hooksOf(plan.hooks).length > 0 ? plan : undefined;
}
