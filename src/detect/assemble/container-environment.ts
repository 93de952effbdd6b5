import { variablePrefix } from '../../config/variable-prefix.ts';
import type { Candidate } from '../candidate.ts';
import type { ComposeService } from '../manifests/compose.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntries } from '../source/env-files.ts';

/** A container of the proposal, under the name that it has there. */
export interface NamedContainer {
  readonly name: string;
  readonly candidate: Candidate;
}

/**
 * How a service reaches its containers from this machine: what compose or its env files have for it with their names in
 * compose, which mean nothing outside, becomes `localhost` and their published ports. Only what its code names.
 */
export function containerEnvironment(
  repository: Repository,
  { home }: Candidate,
  { own, containers }: { readonly own: ComposeService | undefined; readonly containers: readonly NamedContainer[] },
): Readonly<Record<string, string>> {
  const inFiles = new Map([...envEntries(repository, home)].reverse().map(({ name, value }) => [name, value]));
  const inCompose = own?.environment ?? {};
  const moved: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...inCompose, ...Object.fromEntries(inFiles) })) {
    const here = reachedFromHere({ name, value }, containers);
    if (here !== undefined) moved[name] = here;
  }
  const hosts = Object.keys(moved).filter((name) => name.endsWith('HOST'));
  for (const [name, value] of Object.entries(inCompose))
    if (!inFiles.has(name) && hosts.some((host) => isBeside(name, host))) moved[name] = value;
  const named = Object.entries(moved).filter(([name]) => isNamed(repository, home, name));
  return Object.fromEntries(named);
}

const NAMES_PLACE = /(?:HOST|HOSTNAME|SERVER|ADDR(?:ESS)?)$/i;

/** `postgres://user@db:5432/shop` → `postgres://user@localhost:$DB_PORT/shop`; `undefined`: it names no container. */
function reachedFromHere(
  variable: { readonly name: string; readonly value: string },
  containers: readonly NamedContainer[],
): string | undefined {
  const { value } = variable;
  for (const { name, candidate } of containers) {
    const host = candidate.container?.service ?? '';
    // `CACHE_DRIVER: redis` names a program and no place.
    if (value === host && NAMES_PLACE.test(variable.name)) return 'localhost';
    const escaped = host.replace(/\W/g, '\\$&');
    const address = new RegExp(`^([a-z][\\w+.-]*://(?:[^@/\\s]*@)?)${escaped}(?::\\d+)?(?=[/?]|$)`);
    if (address.test(value)) return value.replace(address, `$1localhost:$$${variablePrefix(name)}_PORT`);
  }
  return undefined;
}

/** `DB_USER` goes with `DB_HOST`; its port is told to every service anyway. */
function isBeside(name: string, host: string): boolean {
  return name.startsWith(host.slice(0, -'HOST'.length)) && !/(?:HOST|PORT|URL)$/.test(name);
}

const MAX_FILES = 400;

function isNamed(repository: Repository, home: string, name: string): boolean {
  const code = repository
    .filesBelow(home)
    .filter((file) => /\.(?:[cm]?[jt]sx?|py|rb|php|go|rs|java|kt|exs?|ya?ml|prisma)$/.test(file));
  return code.slice(0, MAX_FILES).some((file) => repository.text(file)?.includes(name));
}
