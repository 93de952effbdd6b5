import { variablePrefix } from '../../config/variable-prefix.ts';
import { urlVariable } from '../../config/variables-about.ts';
import type { Candidate } from '../candidate.ts';
import type { Wiring } from '../detection.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { isAside } from '../repository/aside.ts';
import { lineOf } from '../repository/find-line.ts';
import { baseName, isInside, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { ownEnvEntries } from '../source/env-files.ts';
import { addressPattern, type LocalAddress, localAddresses } from '../source/local-addresses.ts';
import { CONFIGURATIONS, proxyInPlace, replacement } from './suggest-wiring.ts';
import type { Target } from './wiring-target.ts';

/** Where a service points at others, and the environment that moves it without a change in the code. */
export interface FoundWiring {
  readonly env: Readonly<Record<string, string>>;
  readonly wiring: readonly Wiring[];
  readonly dependsOn: readonly string[];
}

/** The service whose files are read, and those that it may point at. */
interface Pointing {
  readonly repository: Repository;
  readonly candidate: Candidate;
  readonly targets: readonly Target[];
}

/**
 * One address of another service: what replaces it is either a variable that the code reads already, or a change to
 * make.
 */
interface Pointer {
  readonly target: Target;
  readonly variable?: { readonly name: string; readonly value: string };
  readonly wiring?: Wiring;
}

/** Variables that bundlers pass on to the browser. */
const CLIENT_VARIABLE = /^(VITE|REACT_APP|NEXT_PUBLIC|NUXT|PUBLIC|VUE_APP|GATSBY|EXPO_PUBLIC|NG)_/;
const MAX_FILES = 500;
/** Each of them is parsed; where so many name an address, the rest says the same. */
const MAX_NAMING_FILES = 40;
const MAX_WIRING = 8;

/** Finds the addresses of other services in a service's env files, dev proxies and sources. */
export function findWiring(repository: Repository, candidate: Candidate, targets: readonly Target[]): FoundWiring {
  const pointing: Pointing = { repository, candidate, targets };
  const naming = filesNaming(pointing);
  const inSources = naming.slice(0, MAX_NAMING_FILES).flatMap((file) => inSource(pointing, file));
  const pointers = [...inEnvFiles(pointing), ...inSources, ...inProxy(pointing)];
  const env: Record<string, string> = {};
  for (const { variable } of pointers) if (variable !== undefined) env[variable.name] ??= variable.value;
  // Every service is told those anyway.
  for (const target of targets) delete env[urlVariable(target.name)];
  const isPointedAt = (target: Target): boolean => pointers.some((pointer) => pointer.target === target);
  const needed = targets.filter((target) => isPointedAt(target) && target.candidate.kind === 'backend');
  const isFront = candidate.kind === 'frontend' || candidate.kind === 'fullstack';
  return { env, wiring: shortest(pointers), dependsOn: isFront ? needed.map(({ name }) => name) : [] };
}

/** One entry a line, and not more than can be looked through. */
function shortest(pointers: readonly Pointer[]): readonly Wiring[] {
  const all = pointers.flatMap(({ wiring }) => wiring ?? []);
  const distinct = all.filter(
    ({ file, line }, index) => all.findIndex((other) => other.file === file && other.line === line) === index,
  );
  return distinct.slice(0, MAX_WIRING);
}

/** An address with this service's own port means this service; one that several share could mean any of them. */
function targetOf({ candidate, targets }: Pointing, port: number): Target | undefined {
  if (port === candidate.port) return undefined;
  const fitting = targets.filter(
    (target) => target.port === port && target.candidate !== candidate && !sharesFiles(target.candidate, candidate),
  );
  return fitting.length === 1 ? fitting[0] : fitting.find((target) => target.candidate.kind === 'backend');
}

/** Two services of one directory read the same files: an address there may be meant for either. */
function sharesFiles(a: Candidate, b: Candidate): boolean {
  return a.home === b.home && a.kind === b.kind;
}

function inEnvFiles(pointing: Pointing): readonly Pointer[] {
  const { repository, candidate, targets } = pointing;
  const isAlone = targets.every((target) => target.candidate === candidate || target.candidate.home !== candidate.home);
  return ownEnvEntries(repository, candidate.home).flatMap(({ name, value }): readonly Pointer[] => {
    const address = /^(https?:\/\/)?(?:localhost|127\.0\.0\.1):(\d{2,5})(\/[^\s]*)?$/.exec(value);
    const target = targetOf(pointing, Number(address?.[2]));
    if (address === null || target === undefined) return [];
    if (!isAlone && (candidate.kind === 'backend') === CLIENT_VARIABLE.test(name)) return [];
    const [, scheme, , path = ''] = address;
    const replaced =
      scheme === undefined ? `localhost:$${variablePrefix(target.name)}_PORT` : `$${urlVariable(target.name)}${path}`;
    return [{ target, variable: { name, value: replaced } }];
  });
}

/** Only these are worth being parsed. */
function filesNaming(pointing: Pointing): readonly string[] {
  const { repository, candidate, targets } = pointing;
  const ports = targets.flatMap(({ port }) => (port === null || port === candidate.port ? [] : port));
  if (ports.length === 0) return [];
  const pattern = addressPattern(ports);
  return filesToSearch(pointing).filter((file) => pattern.test(repository.text(file) ?? ''));
}

function inSource(pointing: Pointing, file: string): readonly Pointer[] {
  return localAddresses(pointing.repository, file).flatMap((address): readonly Pointer[] => {
    const target = targetOf(pointing, address.port);
    if (target === undefined) return [];
    if (address.variable !== null)
      return [{ target, variable: { name: address.variable, value: valueFor(target, address) } }];
    const says = `points at \`${address.text}\`, which is \`${target.name}\``;
    const suggestion = replacement(pointing, file, { text: address.text, target });
    return [{ target, wiring: { file, line: address.line, says, suggestion } }];
  });
}

function valueFor(target: Target, { text, path }: LocalAddress): string {
  const name = variablePrefix(target.name);
  return text.startsWith('ws') ? `ws://$${name}_HOST:$${name}_PORT${path}` : `$${name}_URL${path}`;
}

/** Create React App's `"proxy"`, which is text and cannot follow a variable. */
function inProxy(pointing: Pointing): readonly Pointer[] {
  const { repository, candidate } = pointing;
  const manifest = readPackageJson(repository, candidate.home);
  const port = /:(\d{2,5})\/?$/.exec(manifest?.proxy ?? '')?.[1];
  if (manifest?.proxy === undefined || port === undefined || candidate.kind === 'backend') return [];
  const target = targetOf(pointing, Number(port));
  if (target === undefined) return [];
  const line = lineOf(repository, manifest.file, '"proxy"');
  const says = `\`"proxy"\` points at \`${manifest.proxy}\`, which is \`${target.name}\``;
  return [{ target, wiring: { file: manifest.file, line, says, suggestion: proxyInPlace(target, manifest.proxy) } }];
}

function filesToSearch({ repository, candidate }: Pointing): readonly string[] {
  const below = repository
    .filesBelow(candidate.home)
    .filter((file) => !isAside(parentOf(file)) && !/(^|[./])(test|spec|stories|config\.test)\b/.test(file));
  const configurations = below.filter((file) => CONFIGURATIONS.test(baseName(file)));
  const pattern = candidate.ecosystem === 'python' ? /\.py$/ : /\.([cm]?[jt]sx?|vue|svelte)$/;
  const sources =
    candidate.home === '.' && candidate.kind !== 'backend'
      ? below.filter((file) => isInside(file, 'src') || isInside(file, 'app'))
      : below;
  return [...new Set([...configurations, ...sources.filter((file) => pattern.test(file))])].slice(0, MAX_FILES);
}
