import { lineOf } from '../repository/find-line.ts';
import { asList, asNumber, asText, at, entriesOf, loadYaml, textsOf } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** A service of a compose file. */
export interface ComposeService {
  readonly name: string;
  readonly image: string | null;
  /** Repository-relative directory that its image is built from; `null` for ready-made images. */
  readonly context: string | null;
  readonly command: string | null;
  readonly ports: readonly { readonly host: number; readonly container: number }[];
  readonly healthCommand: string | null;
  readonly dependsOn: readonly string[];
  readonly file: string;
  readonly line: number | null;
}

/** Files for development come before the general ones; each service is taken from the first file that has it. */
const NAMES = [
  'docker-compose.dev',
  'compose.dev',
  'docker-compose.development',
  'docker-compose.local',
  'compose.local',
  'docker-compose.override',
  'compose.override',
  'docker-compose',
  'compose',
];
const FOLDERS = ['.', 'docker', '.docker', 'dev', 'backend', 'server', 'api'];

/** The services of the repository's development compose files, merged. */
export function composeServices(repository: Repository): readonly ComposeService[] {
  return repository.remember('compose', () => {
    const found = new Map<string, ComposeService>();
    for (const folder of FOLDERS) {
      for (const name of NAMES) {
        for (const extension of ['.yml', '.yaml']) {
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

function completed(stronger: ComposeService, weaker: ComposeService): ComposeService {
  return {
    ...stronger,
    image: stronger.image ?? weaker.image,
    context: stronger.context ?? weaker.context,
    command: stronger.command ?? weaker.command,
    ports: stronger.ports.length > 0 ? stronger.ports : weaker.ports,
    healthCommand: stronger.healthCommand ?? weaker.healthCommand,
    dependsOn: stronger.dependsOn.length > 0 ? stronger.dependsOn : weaker.dependsOn,
  };
}

function servicesIn(repository: Repository, file: string, folder: string): readonly ComposeService[] {
  if (!repository.has(file)) return [];
  return entriesOf(at(loadYaml(repository, file), 'services')).map(([name, data]) => {
    const build = at(data, 'build');
    const context = asText(build) ?? asText(at(build, 'context'));
    const dependsOn = at(data, 'depends_on');
    return {
      name,
      image: asText(at(data, 'image')) ?? null,
      context: context === undefined ? null : joinPath(folder, context),
      command: commandText(at(data, 'command')),
      ports: asList(at(data, 'ports')).flatMap((port) => parsePort(port) ?? []),
      healthCommand: commandText(at(data, 'healthcheck', 'test')),
      dependsOn: Array.isArray(dependsOn) ? textsOf(dependsOn) : entriesOf(dependsOn).map(([dependency]) => dependency),
      file,
      line: lineOf(repository, file, new RegExp(`^\\s+${name.replace(/\W/g, '\\$&')}:`, 'm')),
    };
  });
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

/** Source: the compose specification, short and long syntax of `ports`; defaults of variables are taken. */
function parsePort(data: unknown): { host: number; container: number } | undefined {
  const container = asNumber(at(data, 'target'));
  const published = asNumber(at(data, 'published'));
  if (container !== undefined && published !== undefined) return { host: published, container };
  const text = String(data ?? '')
    .replace(/\$\{\w+:?-(\d+)\}/g, '$1')
    .replace(/\/(tcp|udp)$/, '');
  const match = /^(?:[\d.]+:)?(\d+):(\d+)$/.exec(text);
  return match === null ? undefined : { host: Number(match[1]), container: Number(match[2]) };
}
