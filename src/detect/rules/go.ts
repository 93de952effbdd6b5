import type { Candidate, Rule } from '../candidate.ts';
import { isAside } from '../repository/aside.ts';
import { lineOf } from '../repository/find-line.ts';
import { baseName, joinPath, parentOf, relativePath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { addressPort } from '../source/address-port.ts';
import { bracketRoutes } from '../source/brackets/bracket-routes.ts';
import { GO_WORDS } from '../source/brackets/route-words.ts';
import { stripComments } from '../source/strip-comments.ts';
import { proposeBackend } from './propose.ts';

const WEB =
  /\b(?:http\.(?:ListenAndServe|Server\b|Serve\b|HandleFunc|Handle|NewServeMux)|gin\.(?:Default|New)|echo\.New|fiber\.New|chi\.NewRouter|mux\.NewRouter|iris\.(?:New|Default)|httprouter\.New|beego\.Run|revel\.|buffalo\.New|huma\.|fuego\.NewServer|pocketbase\.New|grpc\.NewServer)/;
/** Calls that open the port; a router alone may be a plug-in's. */
const LISTENS =
  /\b(?:ListenAndServe|http\.Serve\b|http\.Server\s*\{|net\.Listen|pocketbase\.New|grpc\.NewServer)|\.(?:Run|Start|Listen|StartTLS|RunTLS|Serve)\(/;
/** Folders of programs that serve, the surest first; other programs of `cmd/` are tools until their sources serve. */
const SERVING_NAMES = /^(server|api|web|app|http|serve|service|backend|main|httpd|apiserver|api-server|webserver)$/;

/** Go modules with a program that serves HTTP: `main.go` in the root, or under `cmd/`. */
export const goRule: Rule = (repository) =>
  [...repository.files]
    .filter((file) => baseName(file) === 'go.mod' && !isAside(parentOf(file)))
    .flatMap((file) => goCandidates(repository, parentOf(file)));

function goCandidates(repository: Repository, module: string): readonly Candidate[] {
  const files = repository
    .filesBelow(module)
    .filter((file) => file.endsWith('.go') && !file.endsWith('_test.go') && moduleOf(repository, file) === module);
  const mains = files.filter(
    (file) =>
      !isAside(parentOf(file)) &&
      /^package main\b/m.test(stripComments(repository.text(file) ?? '', 'slashes')) &&
      /^func main\(\)/m.test(repository.text(file) ?? ''),
  );
  const programs = [...new Set(mains.map(parentOf))];
  const listens = files.some((file) => LISTENS.test(stripComments(repository.text(file) ?? '', 'slashes')));
  if (!listens) return [];
  const serving = files.filter((file) => WEB.test(stripComments(repository.text(file) ?? '', 'slashes')));
  if (serving.length === 0) return [];
  const chosen = choosePrograms(repository, module, programs, serving);
  return chosen.map((directory) =>
    goCandidate(repository, { module, directory, files, serving, isOnly: chosen.length === 1 }),
  );
}

function moduleOf(repository: Repository, file: string): string | undefined {
  return upwardsFrom(parentOf(file)).find((directory) => repository.has(joinPath(directory, 'go.mod')));
}

/** A program serves when its own folder does, when its name says so, or when it is the only one. */
function choosePrograms(
  repository: Repository,
  module: string,
  programs: readonly string[],
  serving: readonly string[],
): readonly string[] {
  if (programs.includes(module)) return [module];
  const own = programs.filter((directory) => serving.some((file) => parentOf(file) === directory));
  const named = programs.filter((directory) => SERVING_NAMES.test(baseName(directory)));
  const importing = programs.filter((directory) => importsServing(repository, module, directory, serving));
  const projectName = programs.filter((directory) => baseName(directory) === moduleName(repository, module));
  if (own.length > 0) return own.slice(0, 4);
  if (named.length > 0) return named.slice(0, 1);
  const both = importing.filter((directory) => projectName.includes(directory));
  if (both.length > 0) return both.slice(0, 1);
  return importing.length > 0 ? importing.slice(0, 3) : programs.length === 1 ? programs : projectName.slice(0, 1);
}

function moduleName(repository: Repository, module: string): string {
  const path = /^module\s+(\S+)/m.exec(repository.text(joinPath(module, 'go.mod')) ?? '')?.[1] ?? '';
  return (
    path
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

function importsServing(
  repository: Repository,
  module: string,
  directory: string,
  serving: readonly string[],
): boolean {
  const text = repository
    .filesIn(directory)
    .filter((name) => name.endsWith('.go'))
    .map((name) => repository.text(joinPath(directory, name)) ?? '')
    .join('\n');
  return serving.some((file) => text.includes(`/${relativePath(module, parentOf(file))}"`));
}

interface GoProgram {
  readonly module: string;
  readonly directory: string;
  readonly files: readonly string[];
  readonly serving: readonly string[];
  readonly isOnly: boolean;
}

function goCandidate(repository: Repository, { module, directory, files, serving, isOnly }: GoProgram): Candidate {
  const own = files.filter((file) => parentOf(file) === directory);
  const ordered = [
    ...new Set([
      ...own,
      ...serving,
      ...files.filter((file) => /config|conf|setting|env|constant|cmd|flag/i.test(file)),
    ]),
  ];
  const path = relativePath(module, directory);
  const target = path === '.' ? '.' : `./${path}`;
  const air = ['.air.toml', '.air.conf'].map((name) => joinPath(module, name)).find((file) => repository.has(file));
  const main = own[0] ?? joinPath(directory, 'main.go');
  const port = addressPort(repository, ordered.slice(0, 200), module);
  const command = `go run ${target}`;
  return proposeBackend({
    cwd: module,
    home: isOnly ? module : directory,
    ecosystem: 'go',
    framework: goFramework(repository, module),
    command: air === undefined ? command : 'air',
    developerCommand: air === undefined ? command : 'air',
    port,
    defaultPort: 8080,
    routes: bracketRoutes(repository, files.slice(0, 1500), GO_WORDS),
    confidence: path === '.' || isOnly ? 0.85 : 0.7,
    label: path === '.' ? null : baseName(directory),
    evidence: [
      { file: main, line: lineOf(repository, main, 'func main('), says: 'is a program' },
      ...serving.slice(0, 1).map((file) => ({ file, line: lineOf(repository, file, WEB), says: 'serves HTTP' })),
      ...(air === undefined ? [] : [{ file: air, line: null, says: 'air rebuilds and restarts it' }]),
    ],
  });
}

function goFramework(repository: Repository, module: string): string {
  const text = stripComments(repository.text(joinPath(module, 'go.mod')) ?? '', 'slashes');
  const known = [
    ['gin-gonic/gin', 'gin'],
    ['labstack/echo', 'echo'],
    ['gofiber/fiber', 'fiber'],
    ['go-chi/chi', 'chi'],
    ['gorilla/mux', 'gorilla'],
    ['kataras/iris', 'iris'],
    ['pocketbase/pocketbase', 'pocketbase'],
  ] as const;
  return known.find(([path]) => text.includes(path))?.[1] ?? 'go';
}
