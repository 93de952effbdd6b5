import { configuredName, instancesBefore } from '../base/instance-name.ts';
import { portNumber } from '../base/port-number.ts';
import { err, ok, type Result } from '../base/result.ts';
import { variablePrefix } from '../config/variable-prefix.ts';
import { expandVariables } from './expand.ts';
import { namedVariables } from './named-variables.ts';
import type { Plan, ServicePlan } from './plan.ts';
import { resolveVariables } from './resolve-variables.ts';
import { settingVariables } from './setting-variables.ts';
import { cleanShellEnvironment } from './shell-environment.ts';

/** `auto`: any free port; `null`: the service has none. */
export type WantedPort = number | 'auto' | null;

/** By service. */
export type WantedPorts = ReadonlyMap<string, WantedPort>;

/** What is configured is no port. `source` says where: an option, a variable, or the config. */
export interface PortInvalid {
  readonly reason: 'port-invalid';
  readonly service: string;
  readonly expression: string;
  readonly value: string;
  readonly source: string;
}

/** What decides besides the plan and the environment. */
export interface PortsAsked {
  /** By the command line, by service. */
  readonly overrides: Readonly<Record<string, number>>;
  /** How far the ports of this worktree lie above those of the config. */
  readonly shift: number;
}

/**
 * The port each service should have, before it is known whether it is free. From the strongest: the command line,
 * `NAME_PORT` of the shell, of the service's env files, of `.env.local`, of `.env`, the config. Only the config's is
 * shifted, unless the shell decides it: the others are meant for this worktree. Instances count up from what is said of
 * all of them.
 */
export function wantedPorts(
  plan: Plan,
  shellEnvironment: Readonly<Record<string, string | undefined>>,
  asked: PortsAsked,
): Result<WantedPorts, readonly PortInvalid[]> {
  const shell = cleanShellEnvironment(shellEnvironment);
  const results = plan.services.map((service) => {
    const configured = configuredPortOf(service, { plan, shell, ...asked });
    return { service: service.name, configured, port: portOf(configured.value) };
  });
  const invalid = results.flatMap(({ service, configured, port }) =>
    port === undefined
      ? [{ reason: 'port-invalid' as const, service, ...configured, value: configured.value ?? '' }]
      : [],
  );
  if (invalid.length > 0) return err(invalid);
  return ok(new Map(results.map(({ service, port }) => [service, port ?? null])));
}

/** What is configured, whether or not it is a port. */
export interface ConfiguredPort {
  readonly expression: string;
  /** `null`: no port. */
  readonly value: string | null;
  readonly source: string;
}

interface PortSources extends PortsAsked {
  readonly plan: Plan;
  readonly shell: Readonly<Record<string, string>>;
}

/** What each service that has a port is asked to take, and by whom; without a command line that says so. */
export function configuredPorts(
  plan: Plan,
  shellEnvironment: Readonly<Record<string, string | undefined>>,
  shift: number,
): ReadonlyMap<string, ConfiguredPort> {
  const shell = cleanShellEnvironment(shellEnvironment);
  const services = plan.services.filter(({ port }) => port.kind !== 'none');
  const sources = { plan, shell, overrides: {}, shift };
  return new Map(services.map((service) => [service.name, configuredPortOf(service, sources)]));
}

function configuredPortOf(service: ServicePlan, sources: PortSources): ConfiguredPort {
  const { plan, shell, overrides, shift } = sources;
  const override = Object.hasOwn(overrides, service.name) ? overrides[service.name] : undefined;
  if (override !== undefined) return { expression: String(override), value: String(override), source: '--port' };
  if (service.port.kind === 'none') return { expression: '', value: null, source: plan.configFile };
  const envFiles = [service.dotenv, plan.dotenv].map((definitions) => ({ from: 'env-file', definitions }) as const);
  const { variables } = resolveVariables({ shell, layers: envFiles, fixed: {}, plain: {} });
  const before = instancesBefore(service.name);
  for (const called of new Set([service.name, configuredName(service.name)])) {
    const name = `${variablePrefix(called)}_PORT`;
    const value = variables[name]?.trim() ?? '';
    const steps = called === service.name ? 0 : before;
    if (value !== '')
      return { expression: `$${name}`, value: countedUp(value, steps), source: variableSource(name, shell) };
  }
  if (service.port.kind === 'auto') return { expression: 'auto', value: 'auto', source: plan.configFile };
  const { expression } = service.port;
  const all = settingVariables({ shell, dotenv: plan.dotenv, service });
  const expanded = expandVariables(expression, (variable) =>
    Object.hasOwn(all, variable) ? all[variable] : undefined,
  );
  const written = expanded.ok ? expanded.value.trim() : '';
  const isOfShell = [...namedVariables(expression)].some((variable) => Object.hasOwn(shell, variable));
  const value = countedUp(written, before + (isOfShell ? 0 : shift));
  return { expression, value, source: plan.configFile };
}

/** The port that lies so far above the written one; what is no port stays as it is. */
function countedUp(written: string, steps: number): string {
  const port = portNumber(written);
  return port === null ? written : String(port + steps);
}

/** Where a variable that is set has its value from. */
export function variableSource(name: string, shell: Readonly<Record<string, string | undefined>>): string {
  return Object.hasOwn(shell, name) ? `${name} of the environment` : `${name} of an env file`;
}

/** `undefined`: no port number. */
function portOf(value: string | null): WantedPort | undefined {
  if (value === null || value === 'auto') return value;
  return portNumber(value) ?? undefined;
}
