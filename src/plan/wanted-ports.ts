import { portNumber } from '../base/port-number.ts';
import { err, ok, type Result } from '../base/result.ts';
import { variablePrefix } from '../config/variable-prefix.ts';
import { expandVariables } from './expand.ts';
import type { Plan, ServicePlan } from './plan.ts';
import { resolveVariables } from './resolve-variables.ts';
import { cleanShellEnvironment } from './shell-environment.ts';

/** `auto`: any free port; `null`: the service has none. */
export type WantedPort = number | 'auto' | null;

/** What was asked for is no port. `source` says where: an option, a variable, or the config. */
export interface PortInvalid {
  readonly reason: 'port-invalid';
  readonly service: string;
  readonly expression: string;
  readonly value: string;
  readonly source: string;
}

/**
 * The port each service should have, before it is known whether that is free. From the strongest: the command line
 * (`overrides`), `NAME_PORT` of the shell, of the service's env files, of `.env.local`, of `.env`, the config.
 */
export function wantedPorts(
  plan: Plan,
  shellEnvironment: Readonly<Record<string, string | undefined>>,
  overrides: Readonly<Record<string, number>>,
): Result<ReadonlyMap<string, WantedPort>, readonly PortInvalid[]> {
  const shell = cleanShellEnvironment(shellEnvironment);
  const results = plan.services.map((service) => {
    const setting = settingOf(service, { plan, shell, overrides });
    return { service: service.name, setting, port: portOf(setting.value) };
  });
  const invalid = results.flatMap(({ service, setting, port }) =>
    port === undefined ? [{ reason: 'port-invalid' as const, service, ...setting, value: setting.value ?? '' }] : [],
  );
  if (invalid.length > 0) return err(invalid);
  return ok(new Map(results.map(({ service, port }) => [service, port ?? null])));
}

/** What was asked for, whether or not it is a port. */
export interface PortSetting {
  readonly expression: string;
  /** `null`: no port. */
  readonly value: string | null;
  readonly source: string;
}

interface SettingSources {
  readonly plan: Plan;
  readonly shell: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, number>>;
}

/** Which port each service that has one is asked to take, and what asks for it; without a command line that does. */
export function portSettings(
  plan: Plan,
  shellEnvironment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, PortSetting> {
  const shell = cleanShellEnvironment(shellEnvironment);
  const services = plan.services.filter(({ port }) => port.kind !== 'none');
  return new Map(services.map((service) => [service.name, settingOf(service, { plan, shell, overrides: {} })]));
}

function settingOf(service: ServicePlan, { plan, shell, overrides }: SettingSources): PortSetting {
  const override = Object.hasOwn(overrides, service.name) ? overrides[service.name] : undefined;
  if (override !== undefined) return { expression: String(override), value: String(override), source: '--port' };
  if (service.port.kind === 'none') return { expression: '', value: null, source: plan.configFile };
  const envFiles = [service.dotenv, plan.dotenv].map((definitions) => ({ from: 'env-file', definitions }) as const);
  const { variables } = resolveVariables({ shell, layers: envFiles, fixed: {} });
  const name = `${variablePrefix(service.name)}_PORT`;
  const value = variables[name]?.trim() ?? '';
  if (value !== '') return { expression: `$${name}`, value, source: sourceOf(name, shell) };
  if (service.port.kind === 'auto') return { expression: 'auto', value: 'auto', source: plan.configFile };
  const { expression } = service.port;
  const config = { from: 'config', definitions: service.env, own: {} } as const;
  const all = resolveVariables({ shell, layers: [...envFiles, config], fixed: {} }).variables;
  const expanded = expandVariables(expression, (variable) =>
    Object.hasOwn(all, variable) ? all[variable] : undefined,
  );
  return { expression, value: expanded.ok ? expanded.value.trim() : '', source: plan.configFile };
}

function sourceOf(name: string, shell: Readonly<Record<string, string>>): string {
  return Object.hasOwn(shell, name) ? `${name} of the environment` : `${name} of an env file`;
}

/** `undefined`: no port number. */
function portOf(value: string | null): WantedPort | undefined {
  if (value === null || value === 'auto') return value;
  return portNumber(value) ?? undefined;
}
