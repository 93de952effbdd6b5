import { joinPath, upwardsFrom } from '../repository/paths.ts';
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
  return usesFile(repository, directory);
}

function isLocal(value: string): boolean {
  if (FILE_URL.test(value)) return true;
  const url = /^[\w+]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/.exec(value);
  return LOCAL_HOSTS.test(url?.[1] ?? value);
}

/** A database that is a file, by the settings of frameworks that say so. */
function usesFile(repository: Repository, directory: string): boolean {
  const inside = (files: readonly string[], pattern: RegExp) =>
    upwardsFrom(directory).some((above) =>
      files.some((file) => pattern.test(repository.text(joinPath(above, file)) ?? '')),
    );
  const settings = repository.filesBelow(directory).filter((file) => SETTINGS.test(file));
  if (
    settings.some((file) => /django\.db\.backends\.sqlite3|['"]sqlite(\+\w+)?:\/\//.test(repository.text(file) ?? ''))
  )
    return true;
  if (inside(['config/dev.exs'], /hostname:\s*"localhost"|SQLite3|database: .*\.db\b/)) return true;
  if (inside(['prisma/schema.prisma', 'schema.prisma'], /provider\s*=\s*"sqlite"/)) return true;
  if (inside(['alembic.ini'], /^sqlalchemy\.url\s*=\s*(sqlite|\S+@(localhost|127\.0\.0\.1)[:/])/m)) return true;
  if (inside(['.env', '.env.example'], /^DB_CONNECTION=sqlite/m)) return true;
  return isLocalRails(repository, directory);
}

/** Rails reads the development database from a file of its own; without a host it is a socket of this machine. */
function isLocalRails(repository: Repository, directory: string): boolean {
  const text = repository.text(joinPath(directory, 'config/database.yml'));
  const development = /^development:\n((?:[ \t#].*\n|\n)*)/m.exec(`${text ?? ''}\n`)?.[1];
  if (development === undefined) return false;
  const host = /^\s+(?:host|url):\s*(.+)$/m.exec(development)?.[1];
  return host === undefined || /localhost|127\.0\.0\.1/.test(host);
}
