import type { Candidate, Rule } from '../candidate.ts';
import { isAside } from '../repository/aside.ts';
import { filesCalled } from '../repository/files-called.ts';
import { lineOf } from '../repository/find-line.ts';
import { baseName, joinPath, parentOf, relativePath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { addressPort } from '../source/address-port.ts';
import { bracketRoutes } from '../source/brackets/bracket-routes.ts';
import { GO_WORDS } from '../source/brackets/route-words.ts';
import { alternatives } from '../source/join-patterns.ts';
import { stripComments } from '../source/strip-comments.ts';
import { proposeBackend } from './propose.ts';

const DEFAULT_PORT = 8080;
const MAX_FILES = 1500;
const MAX_PORT_FILES = 200;
const WEB = alternatives([
  /\bhttp\.(?:ListenAndServe|Server\b|Serve\b|HandleFunc|Handle|NewServeMux)/,
  /\b(?:gin\.(?:Default|New)|echo\.New|fiber\.New|chi\.NewRouter|mux\.NewRouter|iris\.(?:New|Default))/,
  /\b(?:httprouter\.New|beego\.Run|revel\.|buffalo\.New|huma\.|fuego\.NewServer|pocketbase\.New|grpc\.NewServer)/,
]);
/** Calls that open the port; a router alone may be a plug-in's. */
const LISTENS = alternatives([
  /\b(?:ListenAndServe|http\.Serve\b|http\.Server\s*\{|net\.Listen|pocketbase\.New|grpc\.NewServer)/,
  /\.(?:Run|Start|Listen|StartTLS|RunTLS|Serve)\(/,
]);
/** Folders of programs that serve, the surest first; other programs of `cmd/` are tools until their sources serve. */
const SERVING_NAMES = /^(server|api|web|app|http|serve|service|backend|main|httpd|apiserver|api-server|webserver)$/;

/** A Go module and its sources. */
interface GoModule {
  readonly repository: Repository;
  /** Where its `go.mod` lies. */
  readonly directory: string;
  readonly files: readonly string[];
  /** The files that serve HTTP. */
  readonly serving: readonly string[];
}

/** Go modules with a program that serves HTTP: `main.go` in the root, or under `cmd/`. */
export const goRule: Rule = (repository) =>
  filesCalled(repository, /^go\.mod$/).flatMap((file) => {
    const module = readGoModule(repository, parentOf(file));
    const programs = module === undefined ? [] : choosePrograms(module);
    return programs.flatMap((program) =>
      module === undefined ? [] : goCandidate(module, { directory: program, isOnly: programs.length === 1 }),
    );
  });

/** The module of a directory, when it opens a port at all. */
function readGoModule(repository: Repository, directory: string): GoModule | undefined {
  const files = repository
    .filesBelow(directory)
    .filter((file) => file.endsWith('.go') && !file.endsWith('_test.go') && moduleOf(repository, file) === directory);
  const listens = files.some((file) => LISTENS.test(codeOf(repository, file)));
  const serving = listens ? files.filter((file) => WEB.test(codeOf(repository, file))) : [];
  return serving.length === 0 ? undefined : { repository, directory, files, serving };
}

function codeOf(repository: Repository, file: string): string {
  return repository.remember(`go:${file}`, () => stripComments(repository.text(file) ?? '', 'slashes'));
}

function moduleOf(repository: Repository, file: string): string | undefined {
  return upwardsFrom(parentOf(file)).find((directory) => repository.has(joinPath(directory, 'go.mod')));
}

/** A program serves when its own folder does, when its name says so, or when it is the only one. */
function choosePrograms(module: GoModule): readonly string[] {
  const programs = programsOf(module);
  if (programs.includes(module.directory)) return [module.directory];
  const own = programs.filter((directory) => module.serving.some((file) => parentOf(file) === directory));
  if (own.length > 0) return own.slice(0, 4);
  const named = programs.filter((directory) => SERVING_NAMES.test(baseName(directory)));
  if (named.length > 0) return named.slice(0, 1);
  const importing = programs.filter((directory) => importsServing(module, directory));
  const projectName = programs.filter((directory) => baseName(directory) === moduleName(module));
  const both = importing.filter((directory) => projectName.includes(directory));
  if (both.length > 0) return both.slice(0, 1);
  return importing.length > 0 ? importing.slice(0, 3) : programs.length === 1 ? programs : projectName.slice(0, 1);
}

/** The directories with a `main` package and function. */
function programsOf({ repository, files }: GoModule): readonly string[] {
  const mains = files.filter(
    (file) =>
      !isAside(parentOf(file)) &&
      /^package main\b/m.test(codeOf(repository, file)) &&
      /^func main\(\)/m.test(codeOf(repository, file)),
  );
  return [...new Set(mains.map(parentOf))];
}

function moduleName({ repository, directory }: GoModule): string {
  const path = /^module\s+(\S+)/m.exec(repository.text(joinPath(directory, 'go.mod')) ?? '')?.[1] ?? '';
  return baseName(path.replace(/\/v\d+$/, ''));
}

function importsServing(module: GoModule, directory: string): boolean {
  const { repository, serving } = module;
  const text = repository
    .filesIn(directory)
    .filter((name) => name.endsWith('.go'))
    .map((name) => repository.text(joinPath(directory, name)) ?? '')
    .join('\n');
  return serving.some((file) => text.includes(`/${relativePath(module.directory, parentOf(file))}"`));
}

function goCandidate(
  module: GoModule,
  { directory, isOnly }: { readonly directory: string; readonly isOnly: boolean },
): Candidate {
  const { repository, files, serving } = module;
  const path = relativePath(module.directory, directory);
  const air = ['.air.toml', '.air.conf'].map((name) => joinPath(module.directory, name)).find(repository.has);
  const main = files.find((file) => parentOf(file) === directory) ?? joinPath(directory, 'main.go');
  const command = air === undefined ? `go run ${path === '.' ? '.' : `./${path}`}` : 'air';
  return proposeBackend({
    cwd: module.directory,
    home: isOnly ? module.directory : directory,
    ecosystem: 'go',
    framework: goFramework(module),
    command,
    developerCommand: command,
    port: addressPort(repository, likelyFirst(module, directory), module.directory),
    defaultPort: DEFAULT_PORT,
    routes: bracketRoutes(repository, files.slice(0, MAX_FILES), GO_WORDS),
    confidence: path === '.' || isOnly ? 0.85 : 0.7,
    label: path === '.' ? null : baseName(directory),
    evidence: [
      { file: main, line: lineOf(repository, main, 'func main('), says: 'is a program' },
      ...serving.slice(0, 1).map((file) => ({ file, line: lineOf(repository, file, WEB), says: 'serves HTTP' })),
      ...(air === undefined ? [] : [{ file: air, line: null, says: 'air rebuilds and restarts it' }]),
    ],
  });
}

/** The files in the order in which they are likely to name the port. */
function likelyFirst(module: GoModule, program: string): readonly string[] {
  const { files, serving } = module;
  const others = programsOf(module).filter((directory) => directory !== program);
  const own = files.filter((file) => parentOf(file) === program);
  const settings = files.filter((file) => /config|conf|setting|env|constant|cmd|flag/i.test(file));
  // What other programs of the module listen on is theirs.
  const shared = [...serving, ...settings].filter((file) => !others.includes(parentOf(file)));
  return [...new Set([...own, ...shared])].slice(0, MAX_PORT_FILES);
}

const FRAMEWORKS: readonly (readonly [string, string])[] = [
  ['gin-gonic/gin', 'gin'],
  ['labstack/echo', 'echo'],
  ['gofiber/fiber', 'fiber'],
  ['go-chi/chi', 'chi'],
  ['gorilla/mux', 'gorilla'],
  ['kataras/iris', 'iris'],
  ['pocketbase/pocketbase', 'pocketbase'],
];

function goFramework({ repository, directory }: GoModule): string {
  const text = codeOf(repository, joinPath(directory, 'go.mod'));
  return FRAMEWORKS.find(([path]) => text.includes(path))?.[1] ?? 'go';
}
