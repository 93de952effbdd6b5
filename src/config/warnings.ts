import type { Diagnostic, Place } from '../base/diagnostic.ts';
import { instanceNames } from '../base/instance-name.ts';
import { portNumber } from '../base/port-number.ts';
import { isUnsafePort } from '../base/unsafe-ports.ts';
import type { PortRange } from '../platform/port-binding.ts';
import type { EnvFileVariable } from './env-files.ts';
import type { LoadedConfig } from './load-config.ts';
import type { ConfigPath } from './source.ts';
import { variablesAbout } from './variables-about.ts';

export interface WarningFacts {
  readonly loaded: LoadedConfig;
  readonly envFileVariables: readonly EnvFileVariable[];
  /** The kernel's range for outgoing connections. */
  readonly ephemeral: PortRange;
}

/** What is allowed but will hardly do what the user wants. Nothing here stops a start. */
export function configWarnings(facts: WarningFacts): readonly Diagnostic[] {
  const ports = fixedPorts(facts.loaded);
  return [
    ...ports.flatMap((fixed) => doubtfulPort(fixed, facts)),
    ...sharedPorts(ports, facts.loaded),
    ...variablesOfServices(facts),
  ];
}

interface FixedPort {
  readonly service: string;
  readonly port: number;
  readonly path: ConfigPath;
}

function fixedPorts({ config }: LoadedConfig): readonly FixedPort[] {
  return Object.entries(config.services ?? {}).flatMap(([service, { port: written, instances = 1 }]) => {
    const isMapping = typeof written === 'object';
    const port = portNumber(isMapping ? written.number : written);
    const path = isMapping ? ['services', service, 'port', 'number'] : ['services', service, 'port'];
    if (port === null) return [];
    return instanceNames(service, instances).map((name, index) => ({ service: name, port: port + index, path }));
  });
}

function doubtfulPort({ service, port, path }: FixedPort, { loaded, ephemeral }: WarningFacts): Diagnostic[] {
  const place = loaded.locate(path, 'value');
  if (isUnsafePort(port)) {
    const message = `browsers refuse to open port ${port}, the port of \`${service}\``;
    return [
      { code: 'config/port-unsafe', message, hint: 'Take another one, unless no browser is to reach it.', place },
    ];
  }
  if (port < ephemeral.from || port > ephemeral.to) return [];
  const range = `${ephemeral.from}–${ephemeral.to}`;
  const message = `port ${port} of \`${service}\` is one that this system takes for outgoing connections (${range})`;
  const hint = `It may be taken at any moment; one below ${ephemeral.from} stays free.`;
  return [{ code: 'config/port-ephemeral', message, hint, place }];
}

function sharedPorts(ports: readonly FixedPort[], { locate }: LoadedConfig): Diagnostic[] {
  return ports.flatMap(({ service, port, path }, index) => {
    const first = ports.slice(0, index).find((other) => other.port === port);
    if (first === undefined) return [];
    const message = `\`${service}\` wants port ${port}, as \`${first.service}\` does`;
    const hint = 'When both run, one of them gets another port.';
    return [{ code: 'config/port-shared', message, hint, place: locate(path, 'value') }];
  });
}

/** A variable that the config or an env file sets, though it tells, or would tell, where a service is. */
function variablesOfServices(facts: WarningFacts): Diagnostic[] {
  const { loaded, envFileVariables } = facts;
  const services = Object.entries(loaded.config.services ?? {}).filter(([, { port }]) => port !== undefined);
  const owners = new Map(
    services.flatMap(([name, { instances = 1 }]) =>
      instanceNames(name, instances).flatMap((instance) =>
        variablesAbout(instance).map((variable) => [variable, name] as const),
      ),
    ),
  );
  const inConfig = services.flatMap(([service, { env = {} }]) =>
    Object.keys(env).map((name) => {
      return { name, service, place: loaded.locate(['services', service, 'env', name], 'key') };
    }),
  );
  const ignored = inConfig.flatMap(({ name, service, place }) => {
    const owner = owners.get(name);
    return owner === service ? [] : ignoredPort(name, owner, place);
  });
  const hiding = [...inConfig, ...envFileVariables].flatMap(({ name, place }) => {
    const owner = /_PORT$/.test(name) ? undefined : owners.get(name);
    return owner === undefined
      ? []
      : [hidesService(name, place, { owner, at: loaded.locate(['services', owner], 'key') })];
  });
  return [...ignored, ...hiding];
}

/** In an env file such a variable counts. */
function ignoredPort(name: string, owner: string | undefined, place: Place): Diagnostic[] {
  if (name !== 'PORT' && (owner === undefined || !name.endsWith('_PORT'))) return [];
  const message = `devgen sets \`${name}\` itself; the value here is not used`;
  const hint = `Say \`port:\` in ${owner === undefined ? 'the service' : `the service \`${owner}\``} instead.`;
  return [{ code: 'config/variable-overridden', message, hint, place }];
}

function hidesService(name: string, place: Place, { owner, at }: { owner: string; at: Place }): Diagnostic {
  const where = at.position === undefined ? at.file : `${at.file}:${at.position.line}`;
  return {
    code: 'config/variable-taken',
    message: `\`${name}\` would tell where the service \`${owner}\` (${where}) is; the value here is used instead`,
    hint: 'Rename the service, or the variable, if the two have nothing to do with each other.',
    place,
  };
}
