import { prefixesOf } from '../config/variables-about.ts';
import { runTag } from '../platform/run-marks.ts';
import type { CommandEnvironment } from './command-environment.ts';
import { endpointOf } from './endpoint.ts';
import type { ExpansionReport } from './expansion-report.ts';
import { withLocalPrograms } from './local-programs.ts';
import type { Plan, ServicePlan, TaskPlan } from './plan.ts';
import { resolveVariables, type VariableLayer } from './resolve-variables.ts';
import { cleanShellEnvironment, EXPORTED_MARK, exportedMark } from './shell-environment.ts';

export { endpointOf } from './endpoint.ts';
export { cleanShellEnvironment } from './shell-environment.ts';

export interface EnvironmentRequest {
  readonly plan: Plan;
  /** The project's, absolute: its own programs go before those of the machine. */
  readonly root: string;
  /** The ports of this start, by service; `null` or absent: it has none. */
  readonly ports: ReadonlyMap<string, number | null>;
  readonly shellEnvironment: Readonly<Record<string, string | undefined>>;
}

export interface ServiceEnvironmentRequest extends EnvironmentRequest {
  readonly service: ServicePlan;
  /** 32 hexadecimal digits; `null`: the variables of a service for a process that does not belong to its run. */
  readonly runId: string | null;
}

export interface ComposedEnvironment {
  readonly environment: CommandEnvironment;
  /** What is undefined or impossible in the definitions. */
  readonly report: ExpansionReport;
}

export interface TaskEnvironmentRequest extends EnvironmentRequest {
  readonly task: Pick<TaskPlan, 'cwd' | 'env'>;
}

/**
 * The environment that a service's run gets. From the strongest: its `PORT`, every service's `NAME_PORT` and its tag;
 * the shell; its env files; the config's `env`; `NAME_HOST` and `NAME_URL` of every service. The root's env files are
 * not exported: frameworks read them themselves as their weakest layer, and the process environment as the strongest.
 * What they set may be named in the config, and devgen sets no `NAME_HOST` or `NAME_URL` that they set.
 */
export function serviceEnvironment(request: ServiceEnvironmentRequest): CommandEnvironment {
  return composeServiceEnvironment(request).environment;
}

/** Both at the price of one. */
export function composeServiceEnvironment(request: ServiceEnvironmentRequest): ComposedEnvironment {
  return compose(request, serviceParts(request));
}

/** What is undefined or impossible in the definitions that make up a service's environment. */
export function serviceEnvironmentReport(request: ServiceEnvironmentRequest): ExpansionReport {
  return compose(request, serviceParts(request)).report;
}

/**
 * The environment of a task or a setup step: as a service's, without a port of its own and without what is for output
 * to a file.
 */
export function taskEnvironment(request: TaskEnvironmentRequest): CommandEnvironment {
  return compose(request, taskParts(request)).environment;
}

/** The environment of hooks: a task's at the project's root. */
export function hookEnvironment(request: EnvironmentRequest): CommandEnvironment {
  return taskEnvironment({ ...request, task: { cwd: '.', env: {} } });
}

export function taskEnvironmentReport(request: TaskEnvironmentRequest): ExpansionReport {
  return compose(request, taskParts(request)).report;
}

type Variables = Readonly<Record<string, string>>;

/** What differs between services and tasks. */
interface Parts {
  readonly shell: Variables;
  /** Unexpanded. */
  readonly envFiles: Variables;
  /** Unexpanded. */
  readonly env: Variables;
  readonly fixed: Variables;
  /** What the config may name in `env` and command lines, and is not exported. */
  readonly named: Variables;
  readonly tag: Variables;
}

function serviceParts({ plan, root, service, ports, shellEnvironment, runId }: ServiceEnvironmentRequest): Parts {
  const port = ports.get(service.name) ?? null;
  // Some shells export the machine's name as HOST, and servers would listen on that address.
  const { HOST: _, ...others } = cleanShellEnvironment(shellEnvironment);
  const shell = withLocalPrograms(others, { root, cwd: service.cwd });
  const endpoint = port === null ? undefined : endpointOf(service, port);
  return {
    shell,
    envFiles: service.dotenv,
    env: service.env,
    fixed: {
      ...outputDefaults(cleanShellEnvironment(shellEnvironment), [service.dotenv, plan.dotenv, service.env]),
      ...(endpoint && { PORT: String(endpoint.port) }),
    },
    named: endpoint === undefined ? {} : { HOST: endpoint.host, URL: endpoint.url },
    tag: runId === null ? {} : { [runTag(runId)]: '1' },
  };
}

function taskParts({ task, root, shellEnvironment }: TaskEnvironmentRequest): Parts {
  const shell = withLocalPrograms(cleanShellEnvironment(shellEnvironment), { root, cwd: task.cwd });
  return { shell, envFiles: {}, env: task.env, fixed: {}, named: {}, tag: {} };
}

function compose(
  request: EnvironmentRequest,
  { shell, envFiles, env, named, tag, ...rest }: Parts,
): ComposedEnvironment {
  const root = request.plan.dotenv;
  const { ports, places } = wiringOf(request);
  const fixed = { ...rest.fixed, ...ports };
  const layers: readonly VariableLayer[] = [
    { from: 'env-file', definitions: envFiles },
    { from: 'config', definitions: env, own: named },
    { from: 'env-file', definitions: root },
  ];
  const { variables, report } = resolveVariables({ shell, layers, fixed, plain: places });
  const exported: Record<string, string> = { ...variables };
  const others: Record<string, string> = {};
  for (const name of Object.keys(root)) {
    const isExported = [shell, envFiles, env, fixed].some((each) => Object.hasOwn(each, name));
    const value = variables[name];
    if (isExported || value === undefined) continue;
    others[name] = value;
    delete exported[name];
  }
  const set: Record<string, string> = {};
  for (const wiring of [places, fixed]) {
    for (const name in wiring) {
      const value = wiring[name] ?? '';
      if (exported[name] === value && !(wiring === places && Object.hasOwn(root, name))) set[name] = value;
    }
  }
  return {
    environment: {
      exported: Object.assign(exported, { [EXPORTED_MARK]: exportedMark(set) }, tag),
      named: { ...others, ...named },
    },
    report,
  };
}

interface Wiring {
  readonly ports: Variables;
  readonly places: Variables;
}

let latest: (Pick<EnvironmentRequest, 'plan' | 'ports'> & { readonly wiring: Wiring }) | undefined;

/**
 * What tells where the services are: the ports, and what a user may set otherwise. The services of one start have it in
 * common, so what was made for the last one is kept.
 */
function wiringOf({ plan, ports }: Pick<EnvironmentRequest, 'plan' | 'ports'>): Wiring {
  if (latest?.plan === plan && isSame(latest.ports, ports)) return latest.wiring;
  const wiring = { ports: {} as Record<string, string>, places: {} as Record<string, string> };
  for (const service of plan.services) {
    const port = ports.get(service.name) ?? null;
    if (port === null) continue;
    const { host, url } = endpointOf(service, port);
    for (const prefix of prefixesOf(service.name)) {
      wiring.ports[`${prefix}_PORT`] = String(port);
      wiring.places[`${prefix}_HOST`] = host;
      wiring.places[`${prefix}_URL`] = url;
    }
  }
  latest = { plan, ports: new Map(ports), wiring };
  return wiring;
}

function isSame(one: EnvironmentRequest['ports'], other: EnvironmentRequest['ports']): boolean {
  return one.size === other.size && [...one].every(([service, port]) => other.get(service) === port);
}

/**
 * Colours although the output is a file, lines as they are written, and no browser that opens at each restart. A user
 * who sets one of them gets that, except that a shell's `BROWSER` is for people.
 */
function outputDefaults(shell: Variables, layers: readonly Variables[]): Variables {
  const isConfigured = (name: string) => layers.some((layer) => Object.hasOwn(layer, name));
  const isSet = (name: string) => Object.hasOwn(shell, name) || isConfigured(name);
  const wantsNoColor = isConfigured('NO_COLOR') || (shell.NO_COLOR ?? '') !== '';
  return {
    ...(isSet('FORCE_COLOR') || wantsNoColor ? {} : { FORCE_COLOR: '1' }),
    ...(isSet('PYTHONUNBUFFERED') ? {} : { PYTHONUNBUFFERED: '1' }),
    ...(isConfigured('BROWSER') ? {} : { BROWSER: 'none' }),
  };
}
