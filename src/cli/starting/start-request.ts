import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { selectServices } from '../status/select-services.ts';

interface StartOptions {
  /** Empty: all services. */
  readonly names: readonly string[];
  /** `force`: take the wanted port back from its holder, and start anew what runs. */
  readonly mode: 'normal' | 'force';
  /** 1–65535; `null`: as configured. For the one service that is named, or the only one there is. */
  readonly port: number | null;
  /** `null`: as configured. */
  readonly timeoutMs: number | null;
}

export interface UpCommand extends StartOptions {
  readonly kind: 'up';
  readonly attach: 'on-terminal' | 'never';
}

export interface StartCommand extends StartOptions {
  readonly kind: 'start';
}

export interface RestartCommand extends StartOptions {
  readonly kind: 'restart';
}

export type StartingCommand = UpCommand | StartCommand | RestartCommand;

/** What a start is about, once the plan is known. */
export interface StartTarget {
  readonly services: readonly ServicePlan[];
  /** Ports from the command line, by service. */
  readonly ports: Readonly<Record<string, number>>;
}

export function startTarget(
  { names, port, kind }: StartingCommand,
  plan: Plan,
): Result<StartTarget, readonly Diagnostic[]> {
  const selected = selectServices(plan, names);
  if (!selected.ok) return selected;
  const services = selected.value;
  if (port === null) return ok({ services, ports: {} });
  const [only, ...others] = services;
  if (only === undefined || others.length > 0) {
    return err([
      {
        code: 'usage/port-of-which',
        message: `\`--port ${port}\` needs exactly one service`,
        hint: `Name it: \`${kind} ${plan.services[0]?.name ?? 'NAME'} --port ${port}\`.`,
      },
    ]);
  }
  if (only.port.kind === 'none') {
    return err([
      {
        code: 'usage/service-without-port',
        message: `\`${only.name}\` has no port`,
        hint: 'Give it a `port` in the config.',
      },
    ]);
  }
  return ok({ services, ports: { [only.name]: port } });
}
