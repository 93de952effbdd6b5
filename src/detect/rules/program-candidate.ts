import { type Candidate, defaultPort, type FoundPort, NO_PORT } from '../candidate.ts';
import { flagValue, portNumber } from '../commands/flags.ts';
import type { Launch, ProgramLaunch } from '../commands/launch.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { configuredPort, settledPort } from '../source/config-port.ts';
import { ownEnvEntry } from '../source/env-files.ts';
import { fileRoutes } from '../source/file-routes.ts';
import { wsgiConfigPort } from '../source/python/wsgi-config-port.ts';
import { bestHealthRoute } from '../source/route.ts';
import { commandWithPort, followsPort } from './command-with-port.ts';
import { type FoundHealth, healthAmong, NO_HEALTH, ROOT_PAGE } from './found-health.ts';
import { defaultPortFor, type FrontendFramework, frontendFramework, servesOnlyAssets } from './frontend-framework.ts';
import { launchFacts, launchPlace } from './launch-facts.ts';
import { propose } from './propose.ts';

const BUNDLERS = ['vite', 'webpack', 'parcel', 'rsbuild', 'rspack', 'farm', 'snowpack'];

/** The candidate behind a launch of a known dev server. */
export function programCandidate(repository: Repository, launch: ProgramLaunch): Candidate {
  const { program } = launch;
  const manifest = upwardsFrom(launch.cwd)
    .map((directory) => readPackageJson(repository, directory))
    .find((found) => found !== undefined);
  const named = BUNDLERS.includes(program.framework) ? frontendFramework(manifest, program.framework) : program;
  const found = programPort(repository, launch);
  const port = found.port === null ? defaultPort(defaultPortFor(manifest, program.framework, program.port)) : found;
  return propose({
    ...launchFacts(launch),
    home: servedFolder(repository, launch),
    framework: named.framework,
    kind: program.kind === 'tool' ? 'tool' : named.kind,
    entry: launch.ecosystem === 'python' ? pythonEntry(repository, launch) : null,
    command: commandWithPort(repository, launch, port.variable),
    port,
    readsPort: followsPort(launch, port.variable),
    health: programHealth(repository, launch, named),
    confidence: 0.9,
    env: {},
  });
}

function programHealth(
  repository: Repository,
  { cwd, program }: ProgramLaunch,
  { framework, kind }: FrontendFramework,
): FoundHealth {
  const endpoint = bestHealthRoute(kind === 'fullstack' ? fileRoutes(repository, cwd) : []);
  if (endpoint !== undefined) return healthAmong([endpoint]);
  return program.servesRoot === true && !servesOnlyAssets(framework) ? ROOT_PAGE : NO_HEALTH;
}

/** The file behind `uvicorn package.module:app` or `fastapi dev file.py`, when it is there. */
function pythonEntry(repository: Repository, launch: Launch): string | null {
  const base = joinPath(launch.cwd, flagValue(launch.words, ['--app-dir']) ?? '.');
  const words = launch.words.slice(1);
  const named = words.find((word) => /^[\w.]+:\w+$/.test(word)) ?? words.find((word) => /^[\w./]+\.py$/.test(word));
  const path = named?.endsWith('.py') ? named : named?.replace(/:\w+$/, '').replaceAll('.', '/');
  if (path === undefined) return null;
  const candidates = [joinPath(base, path), joinPath(base, `${path}.py`), joinPath(base, path, '__init__.py')];
  return candidates.find((file) => repository.has(file)) ?? null;
}

/** Programs whose argument is the folder that they serve: `vite ./web`, `vitepress dev docs`. */
const SERVING_FOLDERS = ['vite', 'vitepress', 'vuepress', 'docusaurus'];

function servedFolder(repository: Repository, { program, words, cwd }: ProgramLaunch): string {
  if (!SERVING_FOLDERS.includes(program.framework)) return cwd;
  const folders = words
    .slice(1)
    .filter((word) => /^[\w./-]+$/.test(word) && !word.startsWith('-'))
    .map((word) => joinPath(cwd, word));
  return folders.find((folder) => folder !== cwd && repository.directories.includes(folder)) ?? cwd;
}

/** The port that a known program is told by its flags, its environment or its configuration. */
export function programPort(repository: Repository, launch: ProgramLaunch): FoundPort {
  const { words, env, cwd, program } = launch;
  const place = { repository, directory: cwd };
  const source = launchPlace(launch);
  const flag = flagValue(words, program.portFlags ?? []);
  if (flag !== undefined) {
    const found = writtenPort(place, flag, source);
    if (found.port !== null || found.variable !== null) return found;
  }
  const positional =
    program.framework === 'django' || program.portPlace === 'alone'
      ? words
          .slice(program.framework === 'django' ? 2 : 1)
          .find((word) => /^(?:[\w.[\]-]*:)?\$?\{?\w*\d{2,5}\}?$/.test(word))
      : undefined;
  if (positional !== undefined) return writtenPort(place, positional.replace(/^.*:/, ''), source);
  const assigned = program.portVariable === undefined ? undefined : (env[program.portVariable] ?? env.PORT);
  if (assigned !== undefined) {
    const found = writtenPort(place, assigned, source);
    if (found.port !== null) return found;
  }
  const configured =
    launch.ecosystem === 'python'
      ? wsgiConfigPort(place, words)
      : configuredPort(place, program.framework, flagValue(words, ['--config', '-c']));
  if (configured.port !== null) return configured;
  const readsEnvFile = ['create-react-app', 'nuxt', 'vue-cli', 'strapi', 'adonis', 'medusa', 'umi', 'flask'].includes(
    program.framework,
  );
  const entry =
    readsEnvFile && program.portVariable !== undefined ? ownEnvEntry(repository, cwd, program.portVariable) : undefined;
  const port = portNumber(entry?.value);
  return entry === undefined || port === null
    ? NO_PORT
    : { port, source: `${entry.file}:${entry.line}`, rank: 3, variable: null };
}

/** A port as it stands in a command: `3000`, `$PORT`, `${API_PORT:-8000}`, `0.0.0.0:8000`. */
export function writtenPort(place: RepositoryPlace, text: string, source: string): FoundPort {
  const plain = portNumber(text.replace(/^.*:/, '')) ?? portNumber(text);
  if (plain !== null) return { port: plain, source, rank: 4, variable: null };
  const variable = /\$\{?\(?(\w+)(?::?-([^}]*))?\}?/.exec(text);
  if (variable === null) return NO_PORT;
  const [, name = '', fallback] = variable;
  const found = settledPort(place, { literal: fallback ?? null, variable: name }, source);
  // The command hands the port over: what the server would take without it does not matter.
  return found.port === null ? found : { ...found, rank: 4 };
}
