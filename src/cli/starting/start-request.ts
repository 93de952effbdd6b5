import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import type { WithSetup } from '../setup/set-up-first.ts';
import { selectServices } from '../status/select-services.ts';
import type { Opening } from './open-started.ts';

/** What is started, and how. */
export interface StartingCommand {
  readonly kind: 'up' | 'start' | 'restart';
  /** Empty: all services. */
  readonly names: readonly string[];
  /** `force`: take the wanted port back from its holder, and start anew what runs. */
  readonly mode: 'normal' | 'force';
  /** 1–65535; `null`: as configured. For the one service that is named, or the only one there is. */
  readonly port: number | null;
  /** `null`: as configured. */
  readonly timeoutMs: number | null;
  /** After how long everything is stopped; `null`: not said. */
  readonly forMs: number | null;
  readonly open: Opening;
}

interface WithEvents extends WithSetup {
  /** `told`: each event is a document of its own; only where a program reads stdout. */
  readonly events: 'untold' | 'told';
}

export interface StartCommand extends StartingCommand, WithEvents {
  readonly kind: 'start' | 'restart';
}

export interface UpCommand extends StartingCommand, WithEvents {
  readonly kind: 'up';
  readonly attach: 'on-terminal' | 'never';
}

/** What a start is about, once the plan is known. */
export interface StartTarget {
  readonly services: readonly ServicePlan[];
  /** Ports from the command line, by service. */
  readonly ports: Readonly<Record<string, number>>;
}

export function startTarget(
  { names, port, kind }: Pick<StartingCommand, 'names' | 'port' | 'kind'>,
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
        hint: `Name it: \`${kind} ${only?.name ?? 'NAME'} --port ${port}\`.`,
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
