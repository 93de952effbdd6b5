import { type Candidate, defaultPort, type FoundPort, NO_PORT } from '../candidate.ts';
import { flagValue } from '../commands/flags.ts';
import type { Launch } from '../commands/launch.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { packageManagerOf, scriptCommand } from '../manifests/package-manager.ts';
import { parentOf, upwardsFrom } from '../repository/paths.ts';
import { placeText } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { settledPort } from '../source/config-port.ts';
import { environmentVariables } from '../source/javascript/javascript-graph.ts';
import { listenCalls, serverFramework } from '../source/javascript/javascript-listen.ts';
import { launchFacts, launchPlace } from './launch-facts.ts';
import { nodeHealth } from './node-health.ts';
import { writtenPort } from './program-candidate.ts';
import { propose } from './propose.ts';

const DEFAULT_PORT = 3000;
/** Frameworks that choose another port when they are told none. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { sails: 1337 };

/** Whether a file that Node, Bun or a TypeScript runner starts opens a port. */
export function isServerEntry(repository: Repository, entry: string): boolean {
  return listenCalls(repository, entry).length > 0;
}

/** The candidate behind a launch of a server's own entry file. */
export function nodeServerCandidate(repository: Repository, launch: Launch, entry: string): Candidate {
  const { invocation } = launch;
  const framework = serverFramework(repository, entry) ?? 'node';
  const listen = listenCalls(repository, entry)[0];
  const facts = launchFacts(launch);
  return propose({
    ...facts,
    home: homeOf(repository, launch, entry),
    framework,
    kind: framework === 'next' ? 'fullstack' : 'backend',
    entry,
    command:
      invocation.script === null
        ? invocation.text
        : scriptCommand(packageManagerOf(repository, invocation.cwd), invocation.script.name),
    port: nodePort(repository, launch, entry),
    health: nodeHealth(repository, entry),
    confidence: listen === undefined ? 0.6 : 0.9,
    evidence:
      listen === undefined
        ? facts.evidence
        : [
            ...facts.evidence,
            { file: listen.file, line: listen.line, says: `a ${framework} server starts to listen here` },
          ],
  });
}

/** The package that the entry belongs to, when it has one below the place it is started from. */
function homeOf(repository: Repository, launch: Launch, entry: string): string {
  const owner = upwardsFrom(parentOf(entry)).find((directory) => readPackageJson(repository, directory) !== undefined);
  return owner ?? launch.cwd;
}

/** The port of a server's entry file: a flag of the call, the environment the script sets, then the source. */
export function nodePort(
  repository: Repository,
  launch: Pick<Launch, 'words' | 'env' | 'cwd' | 'invocation'>,
  entry: string,
): FoundPort {
  const { words, env, cwd } = launch;
  const source = launchPlace(launch);
  const flag = flagValue(words, ['--port', '-p']);
  const typed = flag === undefined ? NO_PORT : writtenPort({ repository, directory: cwd }, flag, source);
  if (typed.port !== null) return typed;
  const listens = listenCalls(repository, entry);
  const usual = defaultPort(DEFAULT_PORTS[serverFramework(repository, entry) ?? ''] ?? DEFAULT_PORT);
  for (const { value, file, line } of listens) {
    const assigned = value.variable === null ? undefined : env[value.variable];
    const written = assigned === undefined ? NO_PORT : writtenPort({ repository, directory: cwd }, assigned, source);
    if (written.port !== null) return written;
    const [found, near] = [cwd, parentOf(entry)].map((directory) =>
      settledPort({ repository, directory }, value, placeText(file, line)),
    );
    if (found?.port != null) return found;
    if (near?.port != null) return near;
    if (found?.variable != null) return { ...usual, variable: found.variable };
  }
  return listens.length === 0 ? NO_PORT : (portOfSomeVariable(repository, cwd, entry) ?? usual);
}

/**
 * Where the listen call's argument is out of reach: the variable that the program reads and that is named for such a
 * port.
 */
function portOfSomeVariable(repository: Repository, directory: string, entry: string): FoundPort | undefined {
  const variables = environmentVariables(repository, entry).filter((name) => /(^|_)PORT$/.test(name));
  const named =
    variables.find((name) => /(BACKEND|SERVER|API|HTTP|APP)_PORT$/.test(name)) ??
    variables.find((name) => name === 'PORT');
  if (named === undefined) return undefined;
  const found = settledPort({ repository, directory }, { literal: null, variable: named }, entry);
  return found.port === null ? undefined : found;
}
