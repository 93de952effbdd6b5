import { type Candidate, defaultPort, type FoundPort, type Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf, scriptCommand } from '../manifests/package-manager.ts';
import { filesCalled } from '../repository/files-called.ts';
import { lineOf } from '../repository/find-line.ts';
import { asText, at, loadJson } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf, upwardsFrom } from '../repository/paths.ts';
import { placeText, type RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { configuredPort, settledPort } from '../source/config-port.ts';
import { listenCalls, serverFramework } from '../source/javascript/javascript-listen.ts';
import { NO_HEALTH, ROOT_PAGE } from './found-health.ts';
import { nodeHealth } from './node-health.ts';
import type { NxExecutor } from './nx-executor.ts';
import { inferredTarget } from './nx-inferred.ts';
import { propose } from './propose.ts';

const EXECUTORS: readonly (NxExecutor & { readonly pattern: RegExp })[] = [
  {
    pattern: /(angular|@angular-devkit\/build-angular|@angular\/build).*dev-server/,
    framework: 'angular',
    kind: 'frontend',
    port: 4200,
  },
  { pattern: /next:server/, framework: 'next', kind: 'fullstack', port: 3000 },
  { pattern: /(vite:dev-server|remix:serve)/, framework: 'vite', kind: 'frontend', port: 4200 },
  {
    pattern: /(web|webpack|rspack|react):(dev-server|file-server|module-federation-dev-server)/,
    framework: 'webpack',
    kind: 'frontend',
    port: 4200,
  },
  { pattern: /nuxt:/, framework: 'nuxt', kind: 'fullstack', port: 3000 },
  { pattern: /(js|node):(node|execute)|express/, framework: 'node', kind: 'backend', port: 3000 },
];

/** An Nx project with a target that serves. */
interface NxProject {
  readonly repository: Repository;
  readonly file: string;
  readonly home: string;
  /** Where `nx` is run. */
  readonly root: string;
  readonly name: string;
  readonly target: string;
  /** The target's settings; nothing for one that a plug-in makes. */
  readonly serve: unknown;
  readonly says: string;
  readonly executor: NxExecutor;
  /** The file that a Node executor runs. */
  readonly entry?: string | undefined;
}

/** Nx workspaces: each project whose `serve` (or `dev`) target, written or made by a plug-in, is that of a server. */
export const nxRule: Rule = (repository) =>
  projectFiles(repository)
    .filter((file) => !/-e2e$/.test(parentOf(file)))
    .flatMap((file) => {
      const project = readProject(repository, file);
      return project === undefined ? [] : [nxCandidate(project)];
    });

/** A project has a file of Nx's own, or in newer workspaces nothing but its package.json. */
function projectFiles(repository: Repository): readonly string[] {
  const own = filesCalled(repository, /^project\.json$/);
  const isInWorkspace = (directory: string): boolean =>
    upwardsFrom(directory).some((above) => above !== directory && repository.has(joinPath(above, 'nx.json')));
  const packages = filesCalled(repository, /^package\.json$/).filter((file) => {
    const directory = parentOf(file);
    return isInWorkspace(directory) && !own.includes(joinPath(directory, 'project.json'));
  });
  return [...own, ...packages];
}

function readProject(repository: Repository, file: string): NxProject | undefined {
  const data = loadJson(repository, file);
  const home = parentOf(file);
  const targets = at(data, 'targets') ?? at(data, 'architect');
  const target = ['serve', 'dev'].find((name) => at(targets, name) !== undefined);
  const serve = target === undefined ? undefined : at(targets, target);
  const root = upwardsFrom(home).find((directory) => repository.has(joinPath(directory, 'nx.json'))) ?? '.';
  const name = asText(at(data, 'name')) ?? readPackageJson(repository, home)?.name ?? baseName(home);
  const project = { repository, file, home, root, name };
  if (target === undefined) {
    const made = inferredTarget(repository, root, home);
    return made && { ...project, target: made.target, serve: undefined, says: made.says, executor: made.serves };
  }
  const written = asText(at(serve, 'executor')) ?? asText(at(serve, 'builder')) ?? '';
  const executor = EXECUTORS.find(({ pattern }) => pattern.test(written));
  if (executor === undefined) return undefined;
  const entry = executor.framework === 'node' ? nodeEntry(repository, home) : undefined;
  const says = `the target \`${target}\` uses \`${written}\``;
  return { ...project, target, serve, says, executor, entry };
}

function nxCandidate(project: NxProject): Candidate {
  const { repository, file, home, root, name, target, says, executor, entry } = project;
  const manager = packageManagerOf(repository, root);
  const plain = binaryCommand(manager, `nx ${target} ${name}`);
  const script = scriptFor(project);
  const developerCommand = script === undefined ? plain : scriptCommand(manager, script);
  const isBackend = executor.kind === 'backend';
  const ownHealth = isBackend ? NO_HEALTH : ROOT_PAGE;
  return propose({
    cwd: root,
    home,
    ecosystem: 'javascript',
    framework: (entry === undefined ? null : serverFramework(repository, entry)) ?? executor.framework,
    kind: executor.kind,
    label: name,
    entry: entry ?? null,
    command: isBackend ? developerCommand : `${plain} --port $PORT`,
    developerCommand,
    port: statedPort(project) ?? sourcePort(project) ?? defaultPort(executor.port),
    health: entry === undefined ? ownHealth : nodeHealth(repository, entry),
    confidence: 0.9,
    evidence: [{ file, line: lineOf(repository, file, `"${target}"`), says }],
    alternatives:
      script === undefined ? [] : [{ command: plain, why: 'the target itself, without what the script does before' }],
    basis: 'named',
  });
}

function statedPort({ serve, file }: NxProject): FoundPort | undefined {
  const port = portNumber(String(at(serve, 'options', 'port') ?? ''));
  return port === null ? undefined : { port, source: file, rank: 3, variable: null };
}

function nodeEntry(repository: Repository, home: string): string | undefined {
  return ['src/main.ts', 'src/index.ts', 'src/server.ts', 'src/main.js', 'src/app.ts']
    .map((name) => joinPath(home, name))
    .find((path) => repository.has(path));
}

function sourcePort({ repository, home, root, executor, entry }: NxProject): FoundPort | undefined {
  const place: RepositoryPlace = { repository, directory: entry === undefined ? home : root };
  const found =
    entry === undefined
      ? [configuredPort(place, executor.framework)]
      : listenCalls(repository, entry).map(({ value, file, line }) => settledPort(place, value, placeText(file, line)));
  return found.find(({ port }) => port !== null);
}

/** The root script that serves just this project: what developers type. */
function scriptFor({ repository, root, name, target }: NxProject): string | undefined {
  const scripts = Object.entries(readPackageJson(repository, root)?.scripts ?? {});
  const pattern = new RegExp(`\\bnx\\s+(?:run\\s+)?(?:${target}\\s+${name}\\b|${name}:${target}\\b)`);
  const fitting = scripts.filter(([script, text]) => pattern.test(text) && !/test|e2e|prod|ci/.test(script));
  return fitting.find(([script]) => /start|dev|serve/.test(script))?.[0];
}
