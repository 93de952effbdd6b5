import type { DetectedMigration, DetectedService } from '../detection.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf } from '../manifests/package-manager.ts';
import { pythonRequirement } from '../manifests/python-dependencies.ts';
import { joinPath, relativePath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { hasLocalDatabase } from './local-database.ts';
import { type Toolchain, toolchainOf } from './toolchain.ts';

interface Migration {
  readonly command: string;
  /** Relative to the root. */
  readonly file: string;
  readonly says: string;
}

interface MigrationPlace {
  readonly repository: Repository;
  readonly service: DetectedService;
}

type MigrationRule = (place: MigrationPlace) => Migration | undefined;

/** What brings the databases of the services up to date; of several services that would do the same, the first does. */
export function findMigrations(
  repository: Repository,
  services: readonly DetectedService[],
): readonly DetectedMigration[] {
  const taken = new Set<string>();
  return services.flatMap((service) => {
    if (service.kind === 'frontend' || service.kind === 'worker' || service.kind === 'database') return [];
    const toolchain = toolchainOf(service);
    const rules = (toolchain && RULES[toolchain]) ?? [];
    const found = rules.map((rule) => rule({ repository, service })).find((migration) => migration !== undefined);
    if (found === undefined || taken.has(found.file)) return [];
    taken.add(found.file);
    const { command, file, says } = found;
    const database = hasLocalDatabase(repository, service.cwd) ? 'local' : 'unknown';
    return [{ service: service.name, command, database, evidence: [{ file, line: null, says }] }];
  });
}

const RULES: Readonly<Partial<Record<Toolchain, readonly MigrationRule[]>>> = {
  python: [django, flaskMigrate, alembic],
  javascript: [prisma, drizzle, knex],
  ruby: [rails],
  php: [laravel],
  elixir: [ecto],
  rust: [diesel],
};

function django({ repository, service: { cwd, command } }: MigrationPlace): Migration | undefined {
  const above = upwardsFrom(cwd).find((folder) => repository.has(joinPath(folder, 'manage.py')));
  if (above === undefined || pythonRequirement(repository, above, 'django') === undefined) return undefined;
  const file = joinPath(above, 'manage.py');
  const python = /^(.*\bpython3?)\s/.exec(command)?.[1] ?? 'python3';
  return { command: `${python} ${relativePath(cwd, file)} migrate`, file, says: 'Django’s migrations' };
}

function flaskMigrate({ repository, service: { cwd, command } }: MigrationPlace): Migration | undefined {
  const file = joinPath(cwd, 'migrations/env.py');
  if (!repository.has(file) || pythonRequirement(repository, cwd, 'flask-migrate') === undefined) return undefined;
  const flask = /^(.*\bflask(?:\s+--app\s+\S+)?)\s/.exec(command)?.[1];
  return flask === undefined ? undefined : { command: `${flask} db upgrade`, file, says: 'Flask-Migrate’s migrations' };
}

function alembic({ repository, service: { cwd, command } }: MigrationPlace): Migration | undefined {
  const above = upwardsFrom(cwd).find((folder) => repository.has(joinPath(folder, 'alembic.ini')));
  if (above === undefined) return undefined;
  const file = joinPath(above, 'alembic.ini');
  const runner = /^((?:uv|poetry|pdm|pipenv) run )/.exec(command)?.[1] ?? '';
  // Its folder of scripts is named from where it runs.
  const start = above === cwd ? '' : `cd ${relativePath(cwd, above)} && `;
  return { command: `${start}${runner}alembic upgrade head`, file, says: 'Alembic’s migrations' };
}

function prisma(place: MigrationPlace): Migration | undefined {
  const { repository } = place;
  return packageTool(place, ['prisma', '@prisma/client'], (folder) => {
    const file = joinPath(folder, 'prisma/migrations/migration_lock.toml');
    return repository.has(file) ? { tool: 'prisma migrate deploy', file, says: 'Prisma’s migrations' } : undefined;
  });
}

function drizzle(place: MigrationPlace): Migration | undefined {
  const { repository } = place;
  return packageTool(place, ['drizzle-kit'], (folder) => {
    const name = repository.filesIn(folder).find((each) => /^drizzle\.config\.[cm]?[jt]s$/.test(each));
    const hasJournal = repository.filesBelow(folder).some((file) => file.endsWith('meta/_journal.json'));
    if (name === undefined || !hasJournal) return undefined;
    return { tool: 'drizzle-kit migrate', file: joinPath(folder, name), says: 'Drizzle’s migrations' };
  });
}

function knex(place: MigrationPlace): Migration | undefined {
  const { repository } = place;
  return packageTool(place, ['knex'], (folder) => {
    const name = repository.filesIn(folder).find((each) => /^knexfile\.[cm]?[jt]s$/.test(each));
    if (name === undefined) return undefined;
    return { tool: 'knex migrate:latest', file: joinPath(folder, name), says: 'Knex’s migrations' };
  });
}

/** A tool of the service's own packages, run where it is configured. */
function packageTool(
  { repository, service: { cwd } }: MigrationPlace,
  packages: readonly string[],
  look: (folder: string) => { readonly tool: string; readonly file: string; readonly says: string } | undefined,
): Migration | undefined {
  const own = readPackageJson(repository, cwd);
  if (own === undefined || !packages.some((name) => own.dependencies.has(name))) return undefined;
  const found = look(cwd);
  if (found === undefined) return undefined;
  const { tool, file, says } = found;
  return { command: binaryCommand(packageManagerOf(repository, cwd), tool), file, says };
}

function rails({ repository, service: { cwd } }: MigrationPlace): Migration | undefined {
  const file = joinPath(cwd, 'config/database.yml');
  if (!repository.has(file) || !repository.has(joinPath(cwd, 'config/application.rb'))) return undefined;
  const start = repository.has(joinPath(cwd, 'bin/rails')) ? 'bin/rails' : 'bundle exec rails';
  return { command: `${start} db:prepare`, file, says: 'Rails makes and migrates the database' };
}

function laravel({ repository, service: { cwd } }: MigrationPlace): Migration | undefined {
  const file = joinPath(cwd, 'artisan');
  const hasMigrations = repository.filesIn(joinPath(cwd, 'database/migrations')).length > 0;
  if (!repository.has(file) || !hasMigrations) return undefined;
  return { command: 'php artisan migrate', file, says: 'Laravel’s migrations' };
}

function ecto({ repository, service: { cwd } }: MigrationPlace): Migration | undefined {
  const file = joinPath(cwd, 'mix.exs');
  const usesEcto = /:ecto_sql\b/.test(repository.text(file) ?? '');
  return usesEcto
    ? { command: 'mix do ecto.create --quiet, ecto.migrate --quiet', file, says: 'Ecto’s migrations' }
    : undefined;
}

function diesel({ repository, service: { cwd } }: MigrationPlace): Migration | undefined {
  const file = joinPath(cwd, 'diesel.toml');
  return repository.has(file) ? { command: 'diesel migration run', file, says: 'Diesel’s migrations' } : undefined;
}
