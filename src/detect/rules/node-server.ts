import { type Candidate, defaultPort, type FoundPort, NO_PORT } from '../candidate.ts';
import { flagValue, portNumber } from '../commands/flags.ts';
import type { Launch } from '../commands/launch.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { packageManagerOf, scriptCommand } from '../manifests/package-manager.ts';
import { parentOf, upwardsFrom } from '../repository/paths.ts';
import { placeText } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { settledPort } from '../source/config-port.ts';
import { environmentVariables } from '../source/javascript/javascript-graph.ts';
import { listenCalls, serverFramework } from '../source/javascript/javascript-listen.ts';
import { quoteWords } from './command-with-port.ts';
import { nodeHealth } from './node-health.ts';

const DEFAULT_PORT = 3000;

/** Whether a file that Node, Bun or a TypeScript runner starts opens a port. */
export function isServerEntry(repository: Repository, entry: string): boolean {
  return listenCalls(repository, entry).length > 0;
}

/** The candidate behind a launch of a server's own entry file. */
export function nodeServerCandidate(repository: Repository, launch: Launch, entry: string): Candidate {
  const { invocation } = launch;
  const port = nodePort(repository, launch, entry);
  const health = nodeHealth(repository, entry);
  const framework = serverFramework(repository, entry) ?? 'node';
  const listen = listenCalls(repository, entry)[0];
  return {
    cwd: invocation.cwd,
    home: homeOf(repository, launch, entry),
    ecosystem: launch.ecosystem,
    framework,
    kind: framework === 'next' ? 'fullstack' : 'backend',
    label: launch.label,
    entry,
    command:
      invocation.script === null
        ? invocation.text
        : scriptCommand(packageManagerOf(repository, invocation.cwd), invocation.script.name),
    developerCommand: launch.outer.cwd === invocation.cwd ? launch.outer.text : invocation.text,
    port: port.port,
    portSource: port.source,
    portRank: port.rank,
    ...health,
    confidence: listen === undefined ? 0.6 : 0.9,
    evidence: [
      {
        file: invocation.file,
        line: invocation.line,
        says: `\`${invocation.text}\` runs \`${quoteWords(launch.words)}\``,
      },
      ...(listen === undefined
        ? []
        : [{ file: listen.file, line: listen.line, says: `a ${framework} server starts to listen here` }]),
    ],
    env: port.variable !== null && port.variable !== 'PORT' ? { [port.variable]: '$PORT' } : {},
    alternatives: [],
    basis: 'named',
  };
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
  const { words, env, cwd, invocation } = launch;
  const source = placeText(invocation.file, invocation.line);
  const flag = portNumber(flagValue(words, ['--port', '-p']));
  if (flag !== null) return { port: flag, source, rank: 4, variable: null };
  const listens = listenCalls(repository, entry);
  for (const listen of listens) {
    const assigned = listen.value.variable === null ? null : portNumber(env[listen.value.variable]);
    if (assigned !== null) return { port: assigned, source, rank: 4, variable: null };
    const place = placeText(listen.file, listen.line);
    const found = settledPort({ repository, directory: cwd }, listen.value, place);
    if (found.port !== null) return found;
    const near = settledPort({ repository, directory: parentOf(entry) }, listen.value, place);
    if (near.port !== null) return near;
    if (found.variable !== null) return { ...defaultPort(DEFAULT_PORT), variable: found.variable };
  }
  return listens.length === 0 ? NO_PORT : (portOfSomeVariable(repository, cwd, entry) ?? defaultPort(DEFAULT_PORT));
}

/** Where the listen call's argument is out of reach: the variable that the program reads and that is named for such a port. */
function portOfSomeVariable(repository: Repository, cwd: string, entry: string): FoundPort | undefined {
  const variables = environmentVariables(repository, entry).filter((name) => /(^|_)PORT$/.test(name));
  const named =
    variables.find((name) => /(BACKEND|SERVER|API|HTTP|APP)_PORT$/.test(name)) ??
    variables.find((name) => name === 'PORT');
  const found =
    named === undefined
      ? undefined
      : settledPort({ repository, directory: cwd }, { literal: null, variable: named }, entry);
  return found?.port == null ? undefined : found;
}
