import { type FoundPort, NO_PORT } from '../../candidate.ts';
import { flagValue } from '../../commands/flags.ts';
import { lineOf } from '../../repository/find-line.ts';
import { asText, at, loadIni } from '../../repository/load-data.ts';
import { joinPath } from '../../repository/paths.ts';
import { placeText, type RepositoryPlace } from '../../repository/place.ts';
import { settledPort } from '../config-port.ts';
import { evaluatePython } from './evaluate-python.ts';
import { textOf } from './python-expression.ts';
import { readPython } from './read-python.ts';

/**
 * The port in the configuration of the WSGI server that a command starts; `NO_PORT` where it has none.
 * Sources: gunicorn's "Configuration Overview", `bind`; uWSGI's options `http`, `http-socket`.
 */
export function wsgiConfigPort(place: RepositoryPlace, words: readonly string[]): FoundPort {
  switch (words[0]) {
    case 'gunicorn':
      return gunicornPort(place, flagValue(words, ['-c', '--config']) ?? 'gunicorn.conf.py');
    case 'uwsgi':
      return uwsgiPort(place, flagValue(words, ['--ini']) ?? words.find((word) => word.endsWith('.ini')));
    case 'pserve':
      return pastePort(
        place,
        words.find((word) => word.endsWith('.ini')),
      );
    default:
      return NO_PORT;
  }
}

/** Source: Pyramid's documentation, "PasteDeploy Configuration Files": `[server:main]`. */
function pastePort(place: RepositoryPlace, named: string | undefined): FoundPort {
  if (named === undefined) return NO_PORT;
  const { repository, directory } = place;
  const file = joinPath(directory, named);
  const server = at(loadIni(repository, file), 'server:main');
  const address = asText(at(server, 'listen')) ?? asText(at(server, 'port')) ?? null;
  const source = placeText(file, lineOf(repository, file, /^\s*(?:listen|port)\s*=/m));
  return settledPort(place, { literal: address?.split(/\s+/)[0] ?? null, variable: null }, source);
}

/** Whether a WSGI server listens on a socket file, which another server in front of it reads. */
export function bindsSocketFile({ repository, directory }: RepositoryPlace, words: readonly string[]): boolean {
  if (words.some((word) => word.includes('unix:'))) return true;
  if (words[0] !== 'gunicorn') return false;
  const named = flagValue(words, ['-c', '--config']) ?? 'gunicorn.conf.py';
  const bind = readPython(repository, joinPath(directory, named.replace(/^file:/, '')))?.values.get('bind');
  return textOf(bind)?.startsWith('unix:') === true;
}

/** The port in the configuration that lies in a directory, where no command names a server. */
export function placedWsgiPort(place: RepositoryPlace): FoundPort {
  const found = gunicornPort(place, 'gunicorn.conf.py');
  return found.port === null ? uwsgiPort(place, 'uwsgi.ini') : found;
}

function gunicornPort(place: RepositoryPlace, named: string): FoundPort {
  const { repository, directory } = place;
  const file = joinPath(directory, named.replace(/^file:/, ''));
  const module = readPython(repository, file);
  const bind = module?.values.get('bind');
  if (module === undefined || bind === undefined) return NO_PORT;
  const value = evaluatePython(repository, module, bind.kind === 'list' ? bind.items[0] : bind);
  return settledPort(place, value, placeText(file, lineOf(repository, file, /^bind\s*=/m)));
}

function uwsgiPort(place: RepositoryPlace, named: string | undefined): FoundPort {
  if (named === undefined) return NO_PORT;
  const file = joinPath(place.directory, named);
  const option = /^\s*(?:http|http-socket)\s*=\s*(.+?)\s*$/m;
  const address = option.exec(place.repository.text(file) ?? '')?.[1];
  if (address === undefined) return NO_PORT;
  const variable = /:\$\((\w+)\)$/.exec(address)?.[1] ?? null;
  return settledPort(place, { literal: address, variable }, placeText(file, lineOf(place.repository, file, option)));
}
