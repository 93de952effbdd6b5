import { type Candidate, defaultPort, type FoundPort, type Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf, scriptCommand } from '../manifests/package-manager.ts';
import { isAside } from '../repository/aside.ts';
import { lineOf } from '../repository/find-line.ts';
import { asText, at, loadJson } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { configuredPort, settledPort } from '../source/config-port.ts';
import { listenCalls, serverFramework } from '../source/javascript/javascript-listen.ts';
import { nodeHealth } from './node-health.ts';

/** What an executor serves: framework and default port; `null` for a Node process that its own sources describe. */
const EXECUTORS: readonly (readonly [RegExp, string, number | null])[] = [
  [/(angular|@angular-devkit\/build-angular|@angular\/build).*dev-server/, 'angular', 4200],
  [/next:server/, 'next', 3000],
  [/(vite:dev-server|remix:serve)/, 'vite', 4200],
  [/(web|webpack|rspack|react):(dev-server|file-server|module-federation-dev-server)/, 'webpack', 4200],
  [/nuxt:/, 'nuxt', 3000],
  [/(js|node):(node|execute)|express/, 'node', null],
];

/** Nx workspaces: each project whose `serve` (or `dev`) target has the executor of a server. */
export const nxRule: Rule = (repository) =>
  [...repository.files]
    .filter((file) => baseName(file) === 'project.json' && !isAside(parentOf(file)) && !/-e2e$/.test(parentOf(file)))
    .flatMap((file) => nxCandidate(repository, file) ?? []);

function nxCandidate(repository: Repository, file: string): Candidate | undefined {
  const data = loadJson(repository, file);
  const home = parentOf(file);
  const targets = at(data, 'targets') ?? at(data, 'architect');
  const target = ['serve', 'dev'].find((name) => at(targets, name) !== undefined);
  const serve = target === undefined ? undefined : at(targets, target);
  const executor = asText(at(serve, 'executor')) ?? asText(at(serve, 'builder')) ?? '';
  const row = EXECUTORS.find(([pattern]) => pattern.test(executor));
  const root = upwardsFrom(home).find((directory) => repository.has(joinPath(directory, 'nx.json'))) ?? '.';
  if (row === undefined || target === undefined) return undefined;
  const name = asText(at(data, 'name')) ?? baseName(home);
  const [, framework, usual] = row;
  const entry = framework === 'node' ? nodeEntry(repository, home) : undefined;
  const port =
    statedPort(repository, serve, file) ??
    sourcePort(repository, root, home, framework, entry) ??
    defaultPort(usual ?? 3000);
  const manager = packageManagerOf(repository, root);
  const plain = binaryCommand(manager, `nx serve ${name}`).replace('nx serve', `nx ${target}`);
  const script = scriptFor(repository, root, name, target);
  const isBackend = framework === 'node';
  return {
    cwd: root,
    home,
    ecosystem: 'javascript',
    framework: entry === undefined ? framework : (serverFramework(repository, entry) ?? framework),
    kind: isBackend ? 'backend' : framework === 'next' || framework === 'nuxt' ? 'fullstack' : 'frontend',
    label: name,
    entry: entry ?? null,
    command: isBackend ? (script === undefined ? plain : scriptCommand(manager, script)) : `${plain} --port $PORT`,
    developerCommand: script === undefined ? plain : scriptCommand(manager, script),
    port: port.port,
    portSource: port.source,
    portRank: port.rank,
    ...(entry === undefined
      ? { health: isBackend ? null : '/', healthSource: isBackend ? null : ('devserver-root' as const) }
      : nodeHealth(repository, entry)),
    confidence: 0.9,
    evidence: [
      { file, line: lineOf(repository, file, `"${target}"`), says: `the target \`${target}\` uses \`${executor}\`` },
    ],
    env: port.variable !== null && port.variable !== 'PORT' ? { [port.variable]: '$PORT' } : {},
    alternatives:
      script === undefined ? [] : [{ command: plain, why: 'the target itself, without what the script does before' }],
    basis: 'named',
  };
}

function statedPort(_repository: Repository, serve: unknown, file: string): FoundPort | undefined {
  const port = portNumber(String(at(serve, 'options', 'port') ?? ''));
  return port === null ? undefined : { port, source: file, rank: 3, variable: null };
}

function nodeEntry(repository: Repository, home: string): string | undefined {
  return ['src/main.ts', 'src/index.ts', 'src/server.ts', 'src/main.js', 'src/app.ts']
    .map((name) => joinPath(home, name))
    .find((path) => repository.has(path));
}

function sourcePort(
  repository: Repository,
  root: string,
  home: string,
  framework: string,
  entry: string | undefined,
): FoundPort | undefined {
  if (entry === undefined) {
    const found = configuredPort(repository, framework, home);
    return found.port === null ? undefined : found;
  }
  for (const listen of listenCalls(repository, entry)) {
    const found = settledPort(
      repository,
      root,
      listen.value,
      listen.line === null ? listen.file : `${listen.file}:${listen.line}`,
    );
    if (found.port !== null) return found;
  }
  return undefined;
}

/** The root script that serves just this project: what developers type. */
function scriptFor(repository: Repository, root: string, name: string, target: string): string | undefined {
  const scripts = Object.entries(readPackageJson(repository, root)?.scripts ?? {});
  const pattern = new RegExp(`\\bnx\\s+(?:run\\s+)?(?:${target}\\s+${name}\\b|${name}:${target}\\b)`);
  const fitting = scripts.filter(([script, text]) => pattern.test(text) && !/test|e2e|prod|ci/.test(script));
  return fitting.find(([script]) => /start|dev|serve/.test(script))?.[0];
}
