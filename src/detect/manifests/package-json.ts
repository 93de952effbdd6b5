import { asText, at, entriesOf, loadJson, textsOf } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** What of a package.json tells about dev servers. */
export interface PackageJson {
  readonly file: string;
  readonly directory: string;
  readonly name: string | undefined;
  readonly scripts: Readonly<Record<string, string>>;
  /** Name → range, of every kind of dependency. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly main: string | undefined;
  /** Whether it is a command line tool by its name, too: what its scripts run is that tool, not a server. */
  readonly isCommand: boolean;
  /** The files of the commands that it installs, relative to it. */
  readonly commands: readonly string[];
  /** Settings of nodemon, as written. */
  readonly nodemon: unknown;
  /** Create React App's dev proxy, when it is a plain address. */
  readonly proxy: string | undefined;
  /** Whether it says what others import from it: the mark of a library. */
  readonly isImported: boolean;
  /** Whether it can be published as well. */
  readonly isPublished: boolean;
  readonly workspaceGlobs: readonly string[];
}

/** The package.json of a directory; `undefined` when there is none or it is not an object. */
export function readPackageJson(repository: Repository, directory: string): PackageJson | undefined {
  const file = joinPath(directory, 'package.json');
  if (!repository.has(file)) return undefined;
  return repository.remember(`package:${directory}`, () => {
    const data = loadJson(repository, file);
    if (typeof data !== 'object' || data === null) return undefined;
    const kinds = ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'];
    const workspaces = at(data, 'workspaces');
    const bin = at(data, 'bin');
    const commands = typeof bin === 'string' ? [bin] : Object.values(textRecord(bin));
    return {
      file,
      directory,
      name: asText(at(data, 'name')),
      scripts: textRecord(at(data, 'scripts')),
      dependencies: new Map(kinds.flatMap((kind) => Object.entries(textRecord(at(data, kind))))),
      main: asText(at(data, 'main')),
      isCommand: commands.length > 0 && /(^|[/-])cli$/.test(asText(at(data, 'name')) ?? directory),
      commands,
      nodemon: at(data, 'nodemonConfig'),
      proxy: asText(at(data, 'proxy')),
      isImported: at(data, 'exports') !== undefined,
      isPublished:
        at(data, 'private') !== true &&
        (at(data, 'exports') ?? at(data, 'files') ?? at(data, 'publishConfig')) !== undefined,
      workspaceGlobs: textsOf(Array.isArray(workspaces) ? workspaces : at(workspaces, 'packages')),
    };
  });
}

function textRecord(data: unknown): Record<string, string> {
  return Object.fromEntries(entriesOf(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Every readable package.json, the root's first. */
export function allPackages(repository: Repository): readonly PackageJson[] {
  return repository.remember('packages', () =>
    repository.directories.flatMap((directory) => readPackageJson(repository, directory) ?? []),
  );
}

/** The lowest major version a range allows (`^3.1.0` → 3); `undefined` for tags, links and absent packages. */
export function majorVersion(range: string | undefined): number | undefined {
  const match = /(?:^|[^\d.])(\d+)(?=$|[.\sx*])/.exec(range ?? '');
  return match === null ? undefined : Number(match[1]);
}
