import { variablePrefix } from '../config/variable-prefix.ts';
import { runTag } from '../platform/run-marks.ts';
import { endpointOf } from './endpoint.ts';
import type { ExpansionReport } from './expansion-report.ts';
import type { Plan, ServicePlan, TaskPlan } from './plan.ts';
import { resolveVariables } from './resolve-variables.ts';
import { cleanShellEnvironment, EXPORTED_MARK, exportedMark } from './shell-environment.ts';

export { endpointOf } from './endpoint.ts';
export { cleanShellEnvironment } from './shell-environment.ts';

export interface EnvironmentRequest {
  readonly plan: Plan;
  /** The ports of this start, by service; `null` or absent: it has none. */
  readonly ports: ReadonlyMap<string, number | null>;
  readonly shellEnvironment: Readonly<Record<string, string | undefined>>;
}

export interface ServiceEnvironmentRequest extends EnvironmentRequest {
  readonly service: ServicePlan;
  /** 32 hexadecimal digits; `null`: the variables of a service for somebody who is not its run. */
  readonly runId: string | null;
}

export interface TaskEnvironmentRequest extends EnvironmentRequest {
  readonly task: TaskPlan;
}

/**
 * The environment that a service's run gets. From the strongest: what devgen sets (`PORT`, `HOST`, `URL`, the same of all
 * services by name, the tag), the shell, the service's env files, `.env.local`, `.env`, the config's `env`.
 */
export function serviceEnvironment(request: ServiceEnvironmentRequest): Record<string, string> {
  return compose(request, serviceLayers(request)).variables;
}

/** What is undefined or impossible in the definitions that make up a service's environment. */
export function serviceEnvironmentReport(request: ServiceEnvironmentRequest): ExpansionReport {
  return compose(request, serviceLayers(request)).report;
}

/** The environment of a task: as a service's, without a port of its own and without what is for output to a file. */
export function taskEnvironment(request: TaskEnvironmentRequest): Record<string, string> {
  const layers = [request.plan.dotenv, request.task.env];
  return compose(request, { layers, own: {}, tag: {}, defaults: {} }).variables;
}

interface OwnLayers {
  readonly layers: readonly Readonly<Record<string, string>>[];
  readonly own: Readonly<Record<string, string>>;
  readonly tag: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, string>>;
}

function serviceLayers({ plan, service, ports, shellEnvironment, runId }: ServiceEnvironmentRequest): OwnLayers {
  const port = ports.get(service.name) ?? null;
  const layers = [service.dotenv, plan.dotenv, service.env];
  return {
    layers,
    defaults: outputDefaults(cleanShellEnvironment(shellEnvironment), layers),
    own: port === null ? {} : endpointVariables('', service, port),
    tag: runId === null ? {} : { [runTag(runId)]: '1' },
  };
}

function compose(request: EnvironmentRequest, { layers, own, tag, defaults }: OwnLayers) {
  const shell = cleanShellEnvironment(request.shellEnvironment);
  const endpoints = { ...own, ...endpointsOfAll(request) };
  const { variables, report } = resolveVariables({ shell, layers, fixed: { ...defaults, ...endpoints } });
  const mark = { [EXPORTED_MARK]: exportedMark({ ...defaults, ...endpoints }) };
  return { variables: { ...variables, ...mark, ...tag }, report };
}

function endpointsOfAll({ plan, ports }: EnvironmentRequest): Record<string, string> {
  const all = plan.services.map((service) => {
    const port = ports.get(service.name) ?? null;
    return port === null ? {} : endpointVariables(`${variablePrefix(service.name)}_`, service, port);
  });
  return Object.assign({}, ...all);
}

function endpointVariables(prefix: string, service: ServicePlan, port: number): Record<string, string> {
  const { host, url } = endpointOf(service, port);
  return { [`${prefix}PORT`]: String(port), [`${prefix}HOST`]: host, [`${prefix}URL`]: url };
}

/**
 * Colours although the output is a file, lines as they are written, and no browser that opens at each restart. Whoever
 * sets one of them gets his way, except that a shell's `BROWSER` is for people.
 */
function outputDefaults(
  shell: Readonly<Record<string, string>>,
  layers: readonly Readonly<Record<string, string>>[],
): Record<string, string> {
  const isConfigured = (name: string) => layers.some((layer) => Object.hasOwn(layer, name));
  const isSet = (name: string) => Object.hasOwn(shell, name) || isConfigured(name);
  const wantsNoColor = isConfigured('NO_COLOR') || (shell.NO_COLOR ?? '') !== '';
  return {
    ...(isSet('FORCE_COLOR') || wantsNoColor ? {} : { FORCE_COLOR: '1' }),
    ...(isSet('PYTHONUNBUFFERED') ? {} : { PYTHONUNBUFFERED: '1' }),
    ...(isConfigured('BROWSER') ? {} : { BROWSER: 'none' }),
  };
}
