import type { Diagnostic } from '../base/diagnostic.ts';
import { portNumber } from '../base/port-number.ts';
import { isUnsafePort } from '../base/unsafe-ports.ts';
import type { PortRange } from '../platform/port-binding.ts';
import type { EnvFiles } from './env-files.ts';
import type { LoadedConfig } from './load-config.ts';
import type { ConfigPath } from './source.ts';
import { variablePrefix } from './variable-prefix.ts';

export interface WarningFacts {
  readonly loaded: LoadedConfig;
  readonly envFiles: EnvFiles;
  /** The kernel's range for outgoing connections. */
  readonly ephemeral: PortRange;
}

/** What is allowed but will hardly do what the user wants. Nothing here stops a start. */
export function configWarnings(facts: WarningFacts): readonly Diagnostic[] {
  const ports = fixedPorts(facts.loaded);
  return [
    ...ports.flatMap((fixed) => doubtfulPort(fixed, facts)),
    ...sharedPorts(ports, facts.loaded),
    ...overriddenVariables(facts),
  ];
}

interface FixedPort {
  readonly service: string;
  readonly port: number;
  readonly path: ConfigPath;
}

function fixedPorts({ config }: LoadedConfig): readonly FixedPort[] {
  return Object.entries(config.services ?? {}).flatMap(([service, { port: written }]) => {
    const isMapping = typeof written === 'object';
    const port = portNumber(isMapping ? written.number : written);
    const path = isMapping ? ['services', service, 'port', 'number'] : ['services', service, 'port'];
    return port !== null ? [{ service, port, path }] : [];
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
  const message = `port ${port} of \`${service}\` lies where this system takes ports for outgoing connections (${ephemeral.from}–${ephemeral.to})`;
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

/** Variables that devgen sets itself, so that what the user wrote has no effect. A `NAME_PORT` is heard: it is a wish. */
function overriddenVariables({ loaded, envFiles }: WarningFacts): Diagnostic[] {
  const { config, locate } = loaded;
  const services = Object.entries(config.services ?? {}).filter(([, { port }]) => port !== undefined);
  const owners = new Map(services.flatMap(([name]) => ownedBy(name).map((variable) => [variable, name] as const)));
  const inConfig = services.flatMap(([name, { env = {} }]) =>
    Object.keys(env)
      .filter((variable) => ['PORT', 'HOST', 'URL'].includes(variable) || owners.has(variable))
      .map((variable) => ({ variable, place: locate(['services', name, 'env', variable], 'key') })),
  );
  const inFiles = Object.keys(envFiles.root)
    .filter((variable) => owners.has(variable))
    .map((variable) => ({ variable, place: { file: '.env' } }));
  return [...inConfig, ...inFiles].map(({ variable, place }) => ({
    code: 'config/variable-overridden',
    message: `devgen sets \`${variable}\` itself; the value here is not used`,
    hint: hintFor(variable, owners.get(variable)),
    place,
  }));
}

function ownedBy(service: string): readonly string[] {
  const prefix = variablePrefix(service);
  return [`${prefix}_HOST`, `${prefix}_URL`];
}

function hintFor(variable: string, owner: string | undefined): string {
  if (owner !== undefined)
    return `It tells where the service \`${owner}\` is. Rename the service to keep the variable.`;
  return variable === 'URL' ? 'Take it out.' : `Say \`${variable.toLowerCase()}:\` in the service instead.`;
}
