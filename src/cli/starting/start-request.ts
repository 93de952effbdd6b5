import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import type { RestartCommand, StartCommand, UpCommand } from '../arguments/command.ts';
import { selectServices } from '../status/select-services.ts';

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
