import type { Candidate, Rule } from '../candidate.ts';
import { flagValue, portNumber } from '../commands/flags.ts';
import { filesCalled } from '../repository/files-called.ts';
import { asText, at, entriesOf, loadToml, textsOf } from '../repository/load-data.ts';
import { isInside, joinPath, parentOf, relativePath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { addressPort } from '../source/address-port.ts';
import { attributeRoutes } from '../source/attribute-routes.ts';
import { bracketRoutes } from '../source/brackets/bracket-routes.ts';
import { RUST_WORDS } from '../source/brackets/route-words.ts';
import { alternatives } from '../source/join-patterns.ts';
import { commandLines } from './command-lines.ts';
import { proposeBackend } from './propose.ts';

/** Web crates and the port that they listen on when nothing says otherwise. */
const WEB_CRATES: readonly (readonly [string, number])[] = [
  ['axum', 3000],
  ['actix-web', 8080],
  ['rocket', 8000],
  ['warp', 3030],
  ['poem', 3000],
  ['salvo', 5800],
  ['tide', 8080],
  ['ntex', 8080],
  ['loco-rs', 5150],
  ['leptos_axum', 3000],
  ['leptos_actix', 3000],
  ['hyper', 3000],
  ['tiny_http', 8000],
  ['gotham', 7878],
  ['viz', 3000],
];

/** Cargo packages with a binary and a web crate; of a workspace each member that serves. */
export const rustRule: Rule = (repository) => {
  const manifests = filesCalled(repository, /^Cargo\.toml$/);
  const serving = manifests.filter((file) => opensPort(repository, parentOf(file)));
  // Of many packages those that open a port; a single one may leave that to a library.
  return (serving.length > 0 ? serving : manifests).flatMap((file) => rustCandidate(repository, file) ?? []);
};

/** What opens a port in the web crates below. */
const SERVING = alternatives([
  /\b(?:HttpServer::new|axum::serve|axum_server::|TcpListener::bind|Server::(?:bind|new|builder|http)|warp::serve)/,
  /\b(?:rocket::(?:build|custom|ignite)|#\[launch\]|tide::(?:new|with_state)|gotham::start|viz::serve|ntex::)/,
  /#\[(?:shuttle_runtime|lambda_http)::main\]|\bloco_rs::cli|leptos_(?:axum|actix)::/,
]);

function opensPort(repository: Repository, directory: string): boolean {
  return sourcesOf(repository, directory).some((file) => SERVING.test(repository.text(file) ?? ''));
}

function rustCandidate(repository: Repository, manifest: string): Candidate | undefined {
  const directory = parentOf(manifest);
  const data = loadToml(repository, manifest);
  const name = asText(at(data, 'package', 'name'));
  const dependencies = new Set(entriesOf(at(data, 'dependencies')).map(([dependency]) => dependency));
  const crate = WEB_CRATES.find(([candidate]) => dependencies.has(candidate));
  const binary = chooseBinary(repository, directory, data);
  if (name === undefined || crate === undefined || binary === undefined) return undefined;
  const root = workspaceRoot(repository, directory);
  const [framework, usual] = crate;
  const files = sourcesOf(repository, directory);
  const ofPackage = root === directory ? '' : ` -p ${name}`;
  const subcommand = documentedSubcommand(repository, root);
  const ofBinary = binary.name === null ? '' : ` --bin ${binary.name}`;
  const features = documentedFeatures(repository, root, { name, binary: binary.name });
  const ofProgram = subcommand === undefined ? '' : ` -- ${subcommand}`;
  const developerCommand = `cargo run${ofPackage}${ofBinary}${features}${ofProgram}`;
  const members = [...dependencies].flatMap((dependency) => memberSources(repository, root, dependency));
  const own = likelyFirst(files, binary.file);
  const found =
    addressPort(repository, own, directory) ?? addressPort(repository, likelyFirst(members, own[0] ?? ''), directory);
  const isRocketDefault = framework === 'rocket' && found?.port == null;
  return proposeBackend({
    cwd: root,
    home: directory,
    ecosystem: 'rust',
    framework,
    command: isRocketDefault ? `ROCKET_PORT=$PORT ${developerCommand}` : developerCommand,
    developerCommand,
    port: (framework === 'rocket' ? rocketPort(repository, directory) : undefined) ?? found,
    defaultPort: usual,
    routes: [...bracketRoutes(repository, files, RUST_WORDS), ...attributeRoutes(repository, files)],
    confidence: 0.85,
    evidence: [
      { file: manifest, line: null, says: `depends on ${framework}` },
      { file: binary.file, line: null, says: 'is its program' },
    ],
  });
}

/** `cargo run -- server`: a program of many commands, of which the documents say which one serves. */
function documentedSubcommand(repository: Repository, directory: string): string | undefined {
  return commandLines(repository, directory)
    .map(({ text }) => /^cargo r(?:un)?\b.*? -- (?:(serve|server|web|api|start|http)(?=\s|$))/.exec(text)?.[1])
    .find((word) => word !== undefined);
}

/** ` --features ssr`, where the documents start this program with them. */
function documentedFeatures(
  repository: Repository,
  directory: string,
  program: { readonly name: string; readonly binary: string | null },
): string {
  const flags = commandLines(repository, directory).flatMap(({ text, source }) => {
    const words = source === 'dockerfile' ? [] : (text.split(' -- ')[0]?.trim().split(/\s+/) ?? []);
    if (words[0] !== 'cargo' || !/^r(un)?$/.test(words[1] ?? '')) return [];
    const package_ = flagValue(words, ['-p', '--package']);
    const binary = flagValue(words, ['--bin']);
    const isOtherBinary = binary !== undefined && program.binary !== null && binary !== program.binary;
    const isOther = isOtherBinary || (package_ ?? program.name) !== program.name;
    const features = flagValue(words, ['--features', '-F'])?.replace(/^(["'])(.*)\1$/, '$2');
    const isBare = words.includes('--no-default-features');
    return isOther || !/^[\w,/-]+$/.test(features ?? '')
      ? []
      : `${isBare ? ' --no-default-features' : ''} --features ${features}`;
  });
  return flags[0] ?? '';
}

function sourcesOf(repository: Repository, directory: string): readonly string[] {
  return repository
    .filesBelow(directory)
    .filter((file) => file.endsWith('.rs') && !/(^|\/)(tests|benches|examples)\//.test(file));
}

/** The sources of a member of the workspace by the name of its package: settings often have a package of their own. */
function memberSources(repository: Repository, root: string, name: string): readonly string[] {
  const homes = repository.remember(`crates:${root}`, () => {
    const manifests = filesCalled(repository, /^Cargo\.toml$/).filter((file) => isInside(file, root));
    return new Map(
      manifests.map((file) => [asText(at(loadToml(repository, file), 'package', 'name')) ?? '', parentOf(file)]),
    );
  });
  const home = homes.get(name);
  return home === undefined ? [] : sourcesOf(repository, home);
}

const MAX_PORT_FILES = 150;

/** The files in the order in which they are likely to name the port. */
function likelyFirst(files: readonly string[], binary: string): readonly string[] {
  const settings = files.filter((file) => /main|config|setting|server|startup|constant|app/i.test(file));
  return [...new Set([binary, ...settings, ...files])].slice(0, MAX_PORT_FILES);
}

/** Cargo builds into the workspace's root, and `-p` chooses a member there. */
function workspaceRoot(repository: Repository, directory: string): string {
  const above = upwardsFrom(directory)
    .slice(1)
    .find((place) => {
      const members = textsOf(at(loadToml(repository, joinPath(place, 'Cargo.toml')), 'workspace', 'members'));
      return members.some(
        (member) =>
          relativePath(place, directory) === member ||
          (member.endsWith('*') && relativePath(place, directory).startsWith(member.replace(/\*+$/, ''))),
      );
    });
  return above ?? directory;
}

function chooseBinary(
  repository: Repository,
  directory: string,
  data: unknown,
): { file: string; name: string | null } | undefined {
  const main = joinPath(directory, 'src/main.rs');
  const folder = joinPath(directory, 'src/bin');
  const listed = (Array.isArray(at(data, 'bin')) ? (at(data, 'bin') as unknown[]) : []).flatMap((bin) => {
    const path = asText(at(bin, 'path'));
    return path === undefined ? [] : [{ file: joinPath(directory, path), name: asText(at(bin, 'name')) ?? null }];
  });
  const inside = repository.filesBelow(folder).flatMap((file) => {
    const name = /^([^/]+?)(?:\.rs|\/main\.rs)$/.exec(relativePath(folder, file))?.[1];
    return name === undefined ? [] : [{ file, name }];
  });
  const all = [
    ...(repository.has(main) ? [{ file: main, name: null }] : []),
    ...listed.filter((bin) => bin.file !== main),
    ...inside,
  ];
  const preferred = asText(at(data, 'package', 'default-run'));
  const serving = all.find((bin) => bin.name !== null && /server|api|web|http|app/.test(bin.name));
  const chosen =
    all.find((bin) => bin.name === preferred && preferred !== undefined) ??
    (repository.has(main) ? all[0] : (serving ?? all[0]));
  if (chosen === undefined) return undefined;
  return all.length === 1 || chosen.name === preferred
    ? { ...chosen, name: null }
    : chosen.name === null
      ? { ...chosen, name: asText(at(data, 'package', 'name')) ?? null }
      : chosen;
}

function rocketPort(repository: Repository, directory: string): ReturnType<typeof addressPort> {
  const file = joinPath(directory, 'Rocket.toml');
  const data = loadToml(repository, file);
  const set = at(data, 'debug', 'port') ?? at(data, 'default', 'port') ?? at(data, 'development', 'port');
  const port = portNumber(String(set ?? ''));
  return port === null ? undefined : { port, source: file, rank: 3, variable: 'ROCKET_PORT' };
}
