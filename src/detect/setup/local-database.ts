import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntries } from '../source/env-files.ts';

const ADDRESS = /(DATABASE|POSTGRES|MYSQL|MARIADB|PG|DB|SQLALCHEMY).*(URL|URI|HOST)$|^(PGHOST|DSN|.*_DSN)$/;
const LOCAL_HOSTS = /^(localhost|127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal)$/;
/** Where Python programs say which database they take. */
const SETTINGS = /(^|\/)(settings(\/(base|dev|development|local|__init__))?|config|database|db)\.py$/;
const FILE_URL = /^(sqlite|file:|jdbc:sqlite|jdbc:h2)/;

/** Whether the database of code in a folder is seen to be on this machine and no other one is named. */
export function hasLocalDatabase(repository: Repository, directory: string): boolean {
  const named = envEntries(repository, directory)
    .filter(({ name, value }) => ADDRESS.test(name) && value !== '')
    .map(({ value }) => isLocal(value));
  if (named.length > 0) return named.every((local) => local);
  return usesDatabaseFile(repository, directory) || namesLocalServer(repository, directory);
}

function isLocal(value: string): boolean {
  if (FILE_URL.test(value)) return true;
  const url = /^[\w+]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/.exec(value);
  return LOCAL_HOSTS.test(url?.[1] ?? value);
}

/** Whether the database is a file, by the settings of frameworks that say so: it is there without a server. */
export function usesDatabaseFile(repository: Repository, directory: string): boolean {
  const settings = repository.filesBelow(directory).filter((file) => SETTINGS.test(file));
  const isFile = (file: string): boolean =>
    /django\.db\.backends\.sqlite3|['"]sqlite(\+\w+)?:\/\//.test(repository.text(file) ?? '');
  if (settings.some(isFile)) return true;
  return FILE_SETTINGS.some(([files, pattern]) => says({ repository, directory }, files, pattern));
}

const FILE_SETTINGS: readonly (readonly [readonly string[], RegExp])[] = [
  [['config/dev.exs'], /SQLite3|database: .*\.db\b/],
  [['config/database.yml'], /^\s*adapter:\s*sqlite3/m],
  [['prisma/schema.prisma', 'schema.prisma'], /provider\s*=\s*"sqlite"/],
  [['alembic.ini'], /^sqlalchemy\.url\s*=\s*sqlite/m],
  [['.env', '.env.example'], /^DB_CONNECTION=sqlite/m],
];

/** A database server of this machine, by the settings of frameworks. */
function namesLocalServer(repository: Repository, directory: string): boolean {
  const place = { repository, directory };
  if (says(place, ['config/dev.exs'], /hostname:\s*"localhost"/)) return true;
  if (says(place, ['alembic.ini'], /^sqlalchemy\.url\s*=\s*\S+@(localhost|127\.0\.0\.1)[:/]/m)) return true;
  return isLocalRails(repository, directory);
}

function says({ repository, directory }: RepositoryPlace, files: readonly string[], pattern: RegExp): boolean {
  return upwardsFrom(directory).some((above) =>
    files.some((file) => pattern.test(repository.text(joinPath(above, file)) ?? '')),
  );
}

/** Rails reads the development database from a file of its own; without a host it is a socket of this machine. */
function isLocalRails(repository: Repository, directory: string): boolean {
  const text = repository.text(joinPath(directory, 'config/database.yml'));
  const development = /^development:\n((?:[ \t#].*\n|\n)*)/m.exec(`${text ?? ''}\n`)?.[1];
  if (development === undefined) return false;
  const host = /^\s+(?:host|url):\s*(.+)$/m.exec(development)?.[1];
  return host === undefined || /localhost|127\.0\.0\.1/.test(host);
}
