import type { Launch } from '../commands/launch.ts';
import { readScript } from '../commands/read-command.ts';
import { type PackageJson, readPackageJson } from '../manifests/package-json.ts';
import { isAside } from '../repository/aside.ts';
import { joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { serverFramework } from '../source/javascript/javascript-listen.ts';
import { alternatives, sequence } from '../source/join-patterns.ts';
import { pythonMain } from '../source/python/python-main.ts';
import { isDesktopWindow, isNoApplication } from './is-no-application.ts';
import { isServerEntry } from './node-server.ts';
import { isOwnCommand } from './own-command.ts';

/** Names that scripts for development go by, the usual ones first. */
const DEVELOPMENT = [
  'dev:watch',
  'dev',
  'start:dev',
  'dev:start',
  'develop',
  'development',
  'start:development',
  'start-dev',
  'dev:local',
  'start:local',
  'serve:dev',
  'serve:watch',
  'start:watch',
  'start-watch',
  'watch:dev',
  'serve',
  'dev-server',
  'dev:all',
  'start:all',
  'watch',
];
/** Names of scripts that start one half of a project beside the main one. */
const HALF = sequence([
  /^(?:(?:dev|start|serve|run|watch)[:_-])?/,
  /(?:server|api|backend|client|frontend|web|app|ui|react|vue|angular|site|next|vite)/,
  /(?:[:_-](?:dev|start|serve|watch))?$/,
]);
const UNWANTED = alternatives(
  [
    /test|e2e|lint|build|prod|preview|docker|deploy|format|mock|debug|seed|migrat|storybook|cypress|release/,
    /types?check|generate|codegen|analy[sz]e|install|^(?:pre|post)(?!view)/,
  ],
  'i',
);

/** Whether a script may be one that developers leave running, by its name. */
export function isForDevelopment(name: string): boolean {
  return !UNWANTED.test(name);
}

/**
 * The launches that a package's scripts mean for development: those of the best-named script that starts a server, and
 * of scripts that plainly start the other half. Test watchers, builds and production starts are no launches.
 */
export function developmentLaunches(repository: Repository, manifest: PackageJson): readonly Launch[] {
  const names = Object.keys(manifest.scripts);
  const main =
    firstServing(repository, manifest, DEVELOPMENT) ??
    firstServing(
      repository,
      manifest,
      names.filter((name) => /^dev[:_-]/.test(name) && isForDevelopment(name)),
    );
  const halves = names
    .filter((name) => HALF.test(name) && isForDevelopment(name))
    .flatMap((name) => serving(repository, manifest, name));
  const started =
    main === undefined && !halves.some(({ role }) => role !== 'worker' && role !== 'other')
      ? (firstServing(repository, manifest, ['start', 'web', 'run']) ?? anyServing(repository, manifest))
      : [];
  const withStart =
    main === undefined && halves.length > 0
      ? serving(repository, manifest, 'start').filter((launch) => launch.role === 'server')
      : [];
  const watching = [...started, ...withStart, ...halves].map((launch) => watchingInstead(repository, manifest, launch));
  const chosen = distinct([...(main ?? []), ...watching]);
  noteUnknown(repository, manifest, chosen);
  return chosen.filter((launch) => launch.unknownBranch === undefined);
}

/** Of scripts that run one file the one that starts it anew when it changes. */
function watchingInstead(repository: Repository, manifest: PackageJson, launch: Launch): Launch {
  if (launch.role !== 'file' || isWatching(launch)) return launch;
  const others = Object.keys(manifest.scripts).filter(isForDevelopment);
  for (const name of others) {
    const [only, ...rest] = serving(repository, manifest, name);
    if (only?.entry === launch.entry && rest.length === 0 && isWatching(only)) return only;
  }
  return launch;
}

const WATCHERS = new Set(['nodemon', 'ts-node-dev', 'tsnd', 'node-dev', 'node-hmr', 'supervisor']);

function isWatching({ words }: Launch): boolean {
  return WATCHERS.has(words[0] ?? '') || words.some((word) => word === '--watch' || word === 'watch');
}

/** What runs beside the servers and is not known may be needed by them. */
function noteUnknown(repository: Repository, { file }: PackageJson, launches: readonly Launch[]): void {
  for (const { unknownBranch } of launches)
    if (unknownBranch !== undefined)
      repository.note(`\`${unknownBranch}\`, which a script of \`${file}\` runs beside the rest, was left out.`);
}

function firstServing(
  repository: Repository,
  manifest: PackageJson,
  names: readonly string[],
): readonly Launch[] | undefined {
  for (const name of names) {
    const launches = serving(repository, manifest, name);
    if (launches.some(({ role }) => role !== 'worker' && role !== 'other')) return launches;
  }
  return undefined;
}

function anyServing(repository: Repository, manifest: PackageJson): readonly Launch[] {
  return (
    firstServing(
      repository,
      manifest,
      Object.keys(manifest.scripts).filter((name) => isForDevelopment(name) && /start|serve|dev|run|local/.test(name)),
    ) ?? []
  );
}

function serving(repository: Repository, manifest: PackageJson, name: string): readonly Launch[] {
  if (manifest.scripts[name] === undefined) return [];
  return readScript(repository, manifest.directory, name).filter(
    (launch) => launch.unknownBranch !== undefined || isServing(repository, launch),
  );
}

/** Whether a launch keeps a server (or a worker beside one) running for development. */
export function isServing(repository: Repository, launch: Launch): boolean {
  if (launch.env.NODE_ENV === 'production' || isAside(launch.cwd) || servesAside(repository, launch)) return false;
  if (launch.role === 'server')
    return (
      launch.ecosystem !== 'javascript' ||
      !(isNoApplication(repository, launch.cwd) || showsLibrary(repository, launch))
    );
  if (launch.role === 'worker' || launch.role === 'project') return true;
  if (launch.role !== 'file' || launch.entry === null || isAside(parentOf(launch.entry))) return false;
  return launch.ecosystem === 'javascript' || launch.ecosystem === 'deno'
    ? servesFrom(repository, launch.cwd, launch.entry)
    : launch.ecosystem === 'python' && pythonMain(repository, launch.entry) !== undefined;
}

function servesFrom(repository: Repository, directory: string, entry: string): boolean {
  const manifest = readPackageJson(repository, directory);
  if (manifest !== undefined && (manifest.isCommand || isOwnCommand(repository, manifest, entry))) return false;
  if (!isServerEntry(repository, entry)) return false;
  // A script that starts the window's dev server as a library is one of the desktop app's own starters.
  return serverFramework(repository, entry) !== null || !isDesktopWindow(repository, directory);
}

/** A package that others import has a server of files for its demonstration, at most. */
function showsLibrary(repository: Repository, { program, cwd }: Launch): boolean {
  const isOfFiles = program?.framework === 'static' || program?.framework === 'web-dev-server';
  return isOfFiles && readPackageJson(repository, cwd)?.isImported === true;
}

/** `vite demo` shows a library; it is no application. */
function servesAside(repository: Repository, { role, words, cwd }: Launch): boolean {
  const folders = words.slice(1).map((word) => joinPath(cwd, word));
  return role === 'server' && folders.some((path) => isAside(path) && repository.directories.includes(path));
}

function distinct(launches: readonly Launch[]): readonly Launch[] {
  const seen = new Set<string>();
  return launches.filter((launch) => {
    const what = launch.program?.framework ?? launch.entry ?? launch.words.join(' ');
    const key = [launch.cwd, launch.ecosystem, launch.role === 'worker' ? launch.words.join(' ') : what].join('|');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
