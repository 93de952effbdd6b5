import type { FoundPort } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { lineOf } from '../repository/find-line.ts';
import { at, type Data, entriesOf, loadIni, loadJson, loadToml, loadYaml } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import { placeText, type RepositoryPlace } from '../repository/place.ts';
import { sequence } from './join-patterns.ts';

const FOLDERS = ['.', 'config', 'configuration', 'configs', 'settings', 'conf'];
/** A settings file, or the example that developers copy; the first group is the name that the program knows it by. */
const NAME = sequence([
  /^((?:app|application|config|settings|default|base|local|dev|development)\.(?:toml|ya?ml|json|ini))/,
  /(?:\.(?:sample|example|dist|template))?$/,
]);
const EXAMPLE = /^(\w+)\.(?:sample|example)(\.(?:toml|ya?ml|json|ini))$/;
/** Settings of this machine stand above those of all. */
const STRONGER = /^(local|dev|development)\./;

const SECTIONS = [['application'], ['app'], ['server'], ['http'], ['web'], ['api'], ['service'], []];
/** In small letters, without what stands between the words. */
const KEYS = [
  ...['port', 'httpport', 'listenport', 'serverport'],
  ...['address', 'addr', 'listen', 'bind', 'httpaddr', 'listenaddr', 'bindaddress', 'listenaddress'],
];

/**
 * The port in a settings file that the sources name: what a compiled server reads when it starts. `undefined` when
 * there is no such file, or it says none.
 */
export function settingsPort(place: RepositoryPlace, sources: readonly string[]): FoundPort | undefined {
  const { repository, directory } = place;
  const files = FOLDERS.flatMap((folder) =>
    repository.filesIn(joinPath(directory, folder)).flatMap((name) => {
      const known = NAME.exec(name)?.[1] ?? name.replace(EXAMPLE, '$1$2');
      return NAME.test(known) ? [{ file: joinPath(directory, folder, name), known }] : [];
    }),
  );
  const ranked = [...files].sort((a, b) => Number(STRONGER.test(b.known)) - Number(STRONGER.test(a.known)));
  for (const { file, known } of ranked) {
    const found = portIn(load(place, file));
    if (found === undefined || !isRead(place, sources, known)) continue;
    const line = lineOf(repository, file, String(found.written));
    return { port: found.port, source: placeText(file, line), rank: 3, variable: null };
  }
  return undefined;
}

function load({ repository }: RepositoryPlace, file: string): Data {
  if (file.includes('.toml')) return loadToml(repository, file);
  if (file.includes('.ini')) return loadIni(repository, file);
  return file.includes('.json') ? loadJson(repository, file) : loadYaml(repository, file);
}

/** Whether a text of the sources ends in the file's name, with its ending or without. */
function isRead({ repository }: RepositoryPlace, sources: readonly string[], name: string): boolean {
  const [stem = ''] = name.split('.');
  const pattern = new RegExp(`["/]${stem}(?:\\.\\w+)?"`);
  return sources.some((file) => pattern.test(repository.text(file) ?? ''));
}

function portIn(data: Data): { readonly port: number; readonly written: unknown } | undefined {
  for (const section of SECTIONS) {
    const entries = entriesOf(at(data, ...section));
    for (const key of KEYS) {
      const written = entries.find(([name]) => name.toLowerCase().replace(/[_-]/g, '') === key)?.[1];
      const port = portNumber(String(written ?? '').replace(/^.*:/, ''));
      if (port !== null) return { port, written };
    }
  }
  return undefined;
}
