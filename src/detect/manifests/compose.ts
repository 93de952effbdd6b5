import { isAside } from '../repository/aside.ts';
import { lineOf } from '../repository/find-line.ts';
import { asList, asNumber, asText, at, entriesOf, loadYaml, textsOf } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntries } from '../source/env-files.ts';

/** A service of a compose file. */
export interface ComposeService {
  readonly name: string;
  readonly image: string | null;
  /** Repository-relative directory that its image is built from; `null` for ready-made images. */
  readonly context: string | null;
  /** Whose image it is: where its Dockerfile lies, less folders that are only for such files. */
  readonly imageHome: string | null;
  readonly command: string | null;
  readonly ports: readonly { readonly host: number; readonly container: number }[];
  readonly healthCommand: string | null;
  readonly dependsOn: readonly string[];
  /** Its variables, less those that the shell or another file would have to fill in. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it is. */
  readonly file: string;
  /** What compose has to be given to find it: empty where it finds it by itself, more than one where they add up. */
  readonly files: readonly string[];
  readonly line: number | null;
}

/** Files for development come before the general ones; each service is taken from the first file that has it. */
const DEVELOPMENT_NAMES = [
  ...['docker-compose.dev', 'docker-compose-dev', 'compose.dev', 'compose-dev', 'docker-compose.development'],
  ...['docker-compose.local', 'docker-compose-local', 'compose.local', 'dev.docker-compose'],
];
/** What compose reads without being told, where it lies in the folder that it runs in. */
const DEFAULT_NAMES = ['docker-compose.override', 'compose.override', 'docker-compose', 'compose'];
const NAMES = [...DEVELOPMENT_NAMES, ...DEFAULT_NAMES];
const EXTENSIONS = ['.yml', '.yaml'];
const FOLDERS = ['.', 'docker', '.docker', 'dev', 'backend', 'server', 'api', '.devcontainer'];

/** The services of the repository's development compose files, merged. */
export function composeServices(repository: Repository): readonly ComposeService[] {
  return repository.remember('compose', () => {
    const found = new Map<string, ComposeService>();
    for (const folder of developmentFirst(repository)) {
      for (const name of NAMES) {
        for (const extension of EXTENSIONS) {
          for (const service of servicesIn(repository, joinPath(folder, name + extension), folder)) {
            const earlier = found.get(service.name);
            found.set(service.name, earlier === undefined ? service : completed(earlier, service));
          }
        }
      }
      if (found.size > 0) break;
    }
    return [...found.values()];
  });
}

function developmentFirst(repository: Repository): readonly string[] {
  const hasDevelopment = (folder: string): boolean =>
    DEVELOPMENT_NAMES.some((name) =>
      EXTENSIONS.some((extension) => repository.has(joinPath(folder, name + extension))),
    );
  return [...FOLDERS.filter(hasDevelopment), ...FOLDERS.filter((folder) => !hasDevelopment(folder))];
}

/** A file that says neither where the image comes from nor how to build it only adds to the one that does. */
function completed(stronger: ComposeService, weaker: ComposeService): ComposeService {
  return {
    ...stronger,
    files: addsTo(stronger) ? [...filesOf(weaker), ...stronger.files] : stronger.files,
    image: stronger.image ?? weaker.image,
    context: stronger.context ?? weaker.context,
    imageHome: stronger.imageHome ?? weaker.imageHome,
    command: stronger.command ?? weaker.command,
    ports: stronger.ports.length > 0 ? stronger.ports : weaker.ports,
    healthCommand: stronger.healthCommand ?? weaker.healthCommand,
    dependsOn: stronger.dependsOn.length > 0 ? stronger.dependsOn : weaker.dependsOn,
    environment: { ...weaker.environment, ...stronger.environment },
  };
}

/** Named at all, the files that compose would find by itself have to be named, too. */
function filesOf({ file, files }: ComposeService): readonly string[] {
  return files.length > 0 ? files : [file];
}

function addsTo({ image, context, files }: ComposeService): boolean {
  return image === null && context === null && files.length > 0;
}

function servicesIn(repository: Repository, file: string, folder: string): readonly ComposeService[] {
  if (!repository.has(file)) return [];
  const entries = envEntries(repository, folder).filter(({ value }) => value !== '');
  const valuesOf = (name: string): readonly string[] =>
    entries.filter((entry) => entry.name === name).map(({ value }) => value);
  return entriesOf(at(loadYaml(repository, file), 'services')).map(([name, data]) => {
    const build = at(data, 'build');
    const written = asText(build) ?? asText(at(build, 'context'));
    const context = written === undefined ? null : joinPath(folder, written);
    const dependsOn = at(data, 'depends_on');
    return {
      name,
      image: asText(at(data, 'image')) ?? null,
      context,
      imageHome: context === null ? null : imageHome(context, asText(at(build, 'dockerfile')) ?? 'Dockerfile'),
      command: commandText(at(data, 'command')),
      ports: asList(at(data, 'ports')).flatMap((port) => parsePort(port, valuesOf) ?? []),
      healthCommand: commandText(at(data, 'healthcheck', 'test')),
      dependsOn: Array.isArray(dependsOn) ? textsOf(dependsOn) : entriesOf(dependsOn).map(([dependency]) => dependency),
      environment: environmentOf(at(data, 'environment')),
      file,
      files: isDefault(file) ? [] : [file],
      line: lineOf(repository, file, new RegExp(`^\\s+${name.replace(/\W/g, '\\$&')}:`, 'm')),
    };
  });
}

/** Workspaces build every image of the root: `dockerfile: apps/api/docker/Dockerfile` is that of `apps/api`. */
function imageHome(context: string, dockerfile: string): string {
  let home = parentOf(joinPath(context, dockerfile));
  while (home !== context && home !== '.' && isAside(baseName(home))) home = parentOf(home);
  return home;
}

/** Source: the compose specification, `environment`: a mapping, or a list of `NAME=value`. */
function environmentOf(data: unknown): Readonly<Record<string, string>> {
  const listed = textsOf(data).flatMap((text) => {
    const [name = '', value] = text.split(/=(.*)/s);
    return value === undefined ? [] : [[name, value] as const];
  });
  const entries = Array.isArray(data) ? listed : entriesOf(data);
  const known = entries.map(([name, value]) => [name, withDefaults(String(value ?? ''))] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== '' && !value.includes('$')));
}

function withDefaults(text: string): string {
  return text.replace(/\$\{\w+:?-([^}]*)\}/g, '$1');
}

function isDefault(file: string): boolean {
  return DEFAULT_NAMES.some((name) => EXTENSIONS.some((extension) => file === name + extension));
}

function commandText(data: unknown): string | null {
  const words = textsOf(data);
  if (typeof data === 'string') return data;
  return words.length === 0
    ? null
    : words
        .filter((word) => word !== 'CMD' && word !== 'CMD-SHELL')
        .map((word) => (/\s/.test(word) && words.length > 2 ? `'${word}'` : word))
        .join(' ');
}

/**
 * Source: the compose specification, short and long syntax of `ports`. A variable has the value of the env files, where
 * several examples differ the one that is the container's own port, or its default.
 */
function parsePort(
  data: unknown,
  valuesOf: (name: string) => readonly string[],
): { host: number; container: number } | undefined {
  const container = asNumber(at(data, 'target'));
  const published = asNumber(at(data, 'published'));
  if (container !== undefined && published !== undefined) return { host: published, container };
  const text = String(data ?? '').replace(/\/(tcp|udp)$/, '');
  const inner = /:(\d+)$/.exec(text)?.[1];
  const filled = text.replace(/\$\{(\w+)(?::?-(\d+))?\}/g, (whole, name: string, fallback?: string) => {
    const values = valuesOf(name);
    return values.find((value) => value === inner) ?? values[0] ?? fallback ?? whole;
  });
  const match = /^(?:[\d.]+:)?(\d+):(\d+)$/.exec(filled);
  return match === null ? undefined : { host: Number(match[1]), container: Number(match[2]) };
}
