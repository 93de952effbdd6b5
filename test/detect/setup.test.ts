import { expect, test } from 'vitest';
import { detectIn, type Files, packageJson } from './repository-of.ts';

const VITE = packageJson(['vite', 'react'], { dev: 'vite' });
const FASTAPI = 'from fastapi import FastAPI\napp = FastAPI()\n';
const EXPRESS = "const express = require('express');\nexpress().listen(process.env.PORT || 5000);\n";
const SPRING =
  '<project><artifactId>x</artifactId><parent><artifactId>spring-boot-starter-parent</artifactId></parent><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>';
const RAILS = { 'config/application.rb': '', 'config/routes.rb': '', 'config.ru': '', 'bin/rails': '' };

/** The steps as a person would write them down. */
async function stepsOf(files: Files): Promise<readonly string[]> {
  const { setup } = await detectIn(files);
  return setup.map((step) =>
    step.kind === 'copy'
      ? `${step.name}: ${step.from} > ${step.to}`
      : `${step.name}: ${step.run} | ${step.cwd} | ${step.inputs.join(' ')} | ${step.outputs.join(' ')}`,
  );
}

const PACKAGES: readonly (readonly [string, Files, string])[] = [
  [
    'npm',
    { 'web/package.json': VITE, 'web/package-lock.json': '{}' },
    'web-npm: npm install | web | web/package-lock.json web/package.json | web/node_modules',
  ],
  ['npm without a lock file', { 'package.json': VITE }, 'npm: npm install | . | package.json | node_modules'],
  [
    'pnpm, in the root of the workspace that takes the service in',
    {
      'pnpm-workspace.yaml': 'packages: [apps/*]\n',
      'pnpm-lock.yaml': '',
      'package.json': packageJson(['typescript']),
      'apps/web/package.json': VITE,
    },
    'pnpm: pnpm install | . | pnpm-lock.yaml package.json | node_modules',
  ],
  [
    'Yarn with Plug’n’Play',
    { 'package.json': VITE, 'yarn.lock': '', '.yarnrc.yml': 'yarnPath: x\n' },
    'yarn: yarn install | . | yarn.lock package.json | .pnp.cjs',
  ],
  [
    'a package manager that package.json names',
    { 'package.json': { ...(VITE as object), packageManager: 'pnpm@9.1.0' } },
    'pnpm: pnpm install | . | package.json | node_modules',
  ],
  ['Bun', { 'package.json': VITE, 'bun.lock': '' }, 'bun: bun install | . | bun.lock package.json | node_modules'],
  [
    'uv',
    { 'api/main.py': FASTAPI, 'api/pyproject.toml': '[project]\ndependencies = ["fastapi"]\n', 'api/uv.lock': '' },
    'api-uv: uv sync | api | api/uv.lock api/pyproject.toml | api/.venv',
  ],
  [
    'uv, for a member of a workspace',
    {
      'uv.lock': '',
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["api"]\n',
      'api/main.py': FASTAPI,
      'api/pyproject.toml': '[project]\ndependencies = ["fastapi"]\n',
    },
    'api-uv: uv sync | api | uv.lock pyproject.toml api/pyproject.toml | .venv',
  ],
  [
    'Poetry',
    { 'main.py': FASTAPI, 'pyproject.toml': '[tool.poetry.dependencies]\nfastapi = "*"\n', 'poetry.lock': '' },
    'poetry: poetry install | . | poetry.lock pyproject.toml | ',
  ],
  [
    'PDM',
    { 'main.py': FASTAPI, 'pyproject.toml': '[project]\ndependencies = ["fastapi"]\n', 'pdm.lock': '' },
    'pdm: pdm install | . | pdm.lock pyproject.toml | .venv',
  ],
  [
    'Pipenv',
    { 'main.py': FASTAPI, Pipfile: '[packages]\nfastapi = "*"\n' },
    'pipenv: pipenv install --dev | . | Pipfile | ',
  ],
  [
    'pip, in an environment that is made',
    { 'api/main.py': FASTAPI, 'api/requirements.txt': 'fastapi\n' },
    'api-python: python3 -m venv .venv && .venv/bin/pip install -r requirements.txt | api | api/requirements.txt | api/.venv',
  ],
  [
    'Bundler',
    { ...RAILS, Gemfile: 'gem "rails"\n', 'Gemfile.lock': '' },
    'bundler: bundle install | . | Gemfile.lock Gemfile | ',
  ],
  [
    'Go',
    {
      'go.mod': 'module x\n\ngo 1.22\n',
      'main.go': 'package main\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
    },
    'go: go mod download && go list -e -export ./... | . | go.mod | ',
  ],
  [
    'npm alone, beside Go packages that the repository holds',
    {
      'go.mod': 'module x\n',
      'vendor/modules.txt': '',
      'main.go': 'package main\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
      'web/package.json': VITE,
    },
    'web-npm: npm install | web | web/package.json | web/node_modules',
  ],
  [
    'Rust, which is compiled as well',
    { 'Cargo.toml': '[package]\nname = "x"\n[dependencies]\naxum = "0.7"\n', 'src/main.rs': 'fn main() {}\n' },
    'cargo: cargo build | . | Cargo.toml | ',
  ],
  [
    'Maven by its wrapper',
    { mvnw: '', 'pom.xml': SPRING, 'src/main/java/App.java': 'class App {}' },
    'maven: ./mvnw -q -DskipTests compile | . | pom.xml | ',
  ],
  [
    'Gradle',
    {
      'build.gradle.kts': 'plugins {\n  id("org.springframework.boot") version "3.3.0"\n}\n',
      'settings.gradle.kts': '',
      gradlew: '',
      'src/main/kotlin/App.kt': '',
    },
    'gradle: ./gradlew classes | . | build.gradle.kts settings.gradle.kts | ',
  ],
];

test.each(PACKAGES)('%s', async (_, files, step) => {
  expect(await stepsOf(files)).toEqual([step]);
});

test('env files are copied from their examples, those of tests and deployment are not, and copies go first', async () => {
  const steps = await stepsOf({
    '.env.example': 'A=\n',
    '.env.test.example': '',
    '.env.production.example': '',
    'web/package.json': VITE,
    'web/.env.local.example': '',
    'web/env.sample': '',
    'docs/.env.example': '',
  });
  expect(steps).toEqual([
    'env: .env.example > .env',
    'web-env-local: web/.env.local.example > web/.env.local',
    'web-env: web/env.sample > web/.env',
    'web-npm: npm install | web | web/package.json | web/node_modules',
  ]);
});

test('the example that the documents have developers copy is the one', async () => {
  const steps = await stepsOf({
    'package.json': VITE,
    'env-example-document': 'A=\n',
    'env-example-relational': 'A=\n',
    'docs/installing-and-running.md': '```sh\ncp env-example-relational .env\n```\n',
  });
  expect(steps[0]).toBe('env: env-example-relational > .env');
});

test('two services of one workspace install once', async () => {
  const steps = await stepsOf({
    'package.json': { workspaces: ['apps/*'], private: true },
    'package-lock.json': '{}',
    'apps/web/package.json': VITE,
    'apps/admin/package.json': VITE,
  });
  expect(steps).toEqual(['npm: npm install | . | package-lock.json package.json | node_modules']);
});

test('Prisma’s client is made after the packages, workspace packages are built before what imports them', async () => {
  const steps = await stepsOf({
    'package.json': { workspaces: ['apps/*', 'packages/*'], private: true },
    'package-lock.json': '{}',
    'turbo.json': { tasks: { dev: { dependsOn: ['^build'] }, build: {} } },
    'packages/ui/package.json': { name: '@x/ui', scripts: { build: 'tsc' } },
    'packages/ui/src/index.ts': '',
    'packages/lint/package.json': { name: '@x/lint', scripts: { build: 'tsc' } },
    'apps/web/package.json': {
      ...(packageJson(['next', 'react', '@x/ui@*', '@prisma/client', 'prisma'], { dev: 'next dev' }) as object),
      name: 'web',
    },
    'apps/web/prisma/schema.prisma': 'datasource db { provider = "sqlite" }',
  });
  expect(steps.slice(1)).toEqual([
    'apps-web-prisma: npx prisma generate | apps/web | apps/web/prisma/schema.prisma | ',
    'build-apps-web: npx turbo run build --filter=web^... | . | packages/ui/package.json packages/ui/src | ',
  ]);
});

const MIGRATIONS: readonly (readonly [string, Files, string])[] = [
  [
    'Alembic on a database of this machine',
    {
      'main.py': FASTAPI,
      'requirements.txt': 'fastapi\nalembic\n',
      'alembic.ini': '',
      '.env.example': 'DATABASE_URL=postgresql://u:p@localhost:5432/app\n',
    },
    'alembic upgrade head | local',
  ],
  [
    'Alembic on a database elsewhere',
    {
      'main.py': FASTAPI,
      'requirements.txt': 'fastapi\nalembic\n',
      'alembic.ini': '',
      '.env': 'DATABASE_URL=postgresql://u:p@db.example.com/app\n',
    },
    'alembic upgrade head | unknown',
  ],
  [
    'Django on SQLite',
    {
      'manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n",
      'requirements.txt': 'django\n',
      'site/settings.py': "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3'}}\n",
      'site/urls.py': '',
    },
    'python3 manage.py migrate | local',
  ],
  [
    'Rails',
    {
      ...RAILS,
      Gemfile: 'gem "rails"\n',
      'config/database.yml': 'development:\n  adapter: postgresql\n  database: x\n',
    },
    'bin/rails db:prepare | local',
  ],
  [
    'Prisma without a word about where the database is',
    {
      'package.json': packageJson(['express', 'prisma'], { dev: 'node server.js' }),
      'server.js': EXPRESS,
      'prisma/schema.prisma': 'datasource db { provider = "postgresql" }',
      'prisma/migrations/migration_lock.toml': '',
    },
    'npx prisma migrate deploy | unknown',
  ],
  [
    'Knex',
    {
      'package.json': packageJson(['express', 'knex'], { dev: 'node server.js' }),
      'server.js': EXPRESS,
      'knexfile.js': '',
      '.env.example': 'DB_HOST=127.0.0.1\n',
    },
    'npx knex migrate:latest | local',
  ],
];

test.each(MIGRATIONS)('migrations: %s', async (_, files, migration) => {
  const { migrations } = await detectIn(files);
  expect(migrations.map(({ command, database }) => `${command} | ${database}`)).toEqual([migration]);
});

const NEEDS_ENV = packageJson(['express'], { dev: 'node --watch --env-file=.env server.js' });

test('an env file that a script cannot do without is made, unless an example is copied', async () => {
  const files = { 'package.json': NEEDS_ENV, 'server.js': EXPRESS };
  const made = 'env: touch .env | . |  | .env';
  const npm = 'npm: npm install | . | package.json | node_modules';
  expect(await stepsOf(files)).toEqual([made, npm]);
  expect(await stepsOf({ ...files, '.env.sample': 'A=\n' })).toEqual(['env: .env.sample > .env', npm]);
  expect(await stepsOf({ ...files, '.env': 'A=1\n' })).toEqual([npm]);
  const runner = { 'package.json': packageJson(['express'], { dev: 'node-env-run server.js' }), 'server.js': EXPRESS };
  expect(await stepsOf(runner)).toEqual([made, npm]);
});

test('every env file that scripts for development cannot do without is made, wherever it lies', async () => {
  const steps = await stepsOf({
    '.env.local.example': '',
    'api/package.json': packageJson(['express'], {
      dev: 'node --env-file=../.env --env-file ../.env.local --env-file=dev.env server.js',
      jobs: 'env-cmd -f .env.jobs node jobs.js',
      test: 'node --env-file=.env.test --test',
    }),
    'api/server.js': EXPRESS,
  });
  expect(steps).toEqual([
    'env-local: .env.local.example > .env.local',
    'env: touch .env | . |  | .env',
    'api-dev-env: touch dev.env | api |  | api/dev.env',
    'api-env-jobs: touch .env.jobs | api |  | api/.env.jobs',
    'api-npm: npm install | api | api/package.json | api/node_modules',
  ]);
});

test('an env file is made where its folder is not there yet, and left alone outside of the repository', async () => {
  const steps = await stepsOf({
    'api/package.json': packageJson(['express'], {
      dev: 'node --env-file=conf/dev/.env --env-file=/etc/app.env --env-file=../../.env server.js',
    }),
    'api/server.js': EXPRESS,
  });
  expect(steps).toEqual([
    'api-env: mkdir -p conf/dev && touch conf/dev/.env | api |  | api/conf/dev/.env',
    'api-npm: npm install | api | api/package.json | api/node_modules',
  ]);
});

const GRAPHQL = packageJson(['vite', '@graphql-codegen/cli'], { dev: 'vite' });
const CODEGEN = "export default { schema: './schema.graphql', generates: { './src/gql/': { preset: 'client' } } };\n";

/** The steps beside the installation. */
const GENERATED: readonly (readonly [string, Files, readonly string[]])[] = [
  [
    'GraphQL Code Generator',
    { 'package.json': GRAPHQL, 'codegen.ts': CODEGEN },
    ['graphql-codegen: npx graphql-codegen | . | codegen.ts | src/gql'],
  ],
  ['code that the repository holds', { 'package.json': GRAPHQL, 'codegen.ts': CODEGEN, 'src/gql/index.ts': '' }, []],
  [
    'a schema that a server has',
    { 'package.json': GRAPHQL, 'codegen.yml': 'schema: http://localhost:4000/graphql\ngenerates:\n  src/gql/:\n' },
    [],
  ],
  [
    'what the installation does already',
    {
      'package.json': packageJson(['vite', '@pandacss/dev'], { dev: 'vite', prepare: 'panda codegen' }),
      'panda.config.ts': '',
    },
    [],
  ],
  [
    'Panda and its usual folder',
    { 'package.json': packageJson(['vite', '@pandacss/dev'], { dev: 'vite' }), 'panda.config.ts': '' },
    ['panda: npx panda codegen | . | panda.config.ts | styled-system'],
  ],
  [
    'sqlc, for Go',
    {
      'go.mod': 'module x\n',
      'main.go': 'package main\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
      'sqlc.yaml': 'version: "2"\nsql:\n  - gen:\n      go:\n        out: "internal/db"\n',
    },
    ['sqlc: sqlc generate | . | sqlc.yaml | internal/db'],
  ],
];

test.each(GENERATED)('code that is made: %s', async (_, files, steps) => {
  const found = await stepsOf(files);
  expect(found.filter((step) => !/ install | go mod download && /.test(step))).toEqual(steps);
});

const RUBY_SETUP = `#!/usr/bin/env ruby
FileUtils.chdir APP_ROOT do
  # system! "brew install x"
  system("bundle check") || system!("bundle install")
  system! "bin/rails db:prepare"
  unless ARGV.include?("--skip-server")
    STDOUT.flush
    exec "bin/dev"
  end
end
`;
const RAILS_APP = { ...RAILS, Gemfile: 'gem "rails"\n', 'Gemfile.lock': '', 'bin/setup': RUBY_SETUP };
const SHELL_SETUP =
  '#!/bin/sh\nset -e\ncd "$(dirname "$0")/.."\n[ -f .env ] || cp .env.example .env\nnpm ci\nnpm run gen\n';

const OWN_SETUPS: readonly (readonly [string, Files, readonly string[]])[] = [
  [
    'a shell script of plain commands',
    {
      'script/setup': SHELL_SETUP,
      'package.json': packageJson(['vite'], { dev: 'vite', gen: 'graphql-codegen' }),
      'package-lock.json': '{}',
      'api/requirements.txt': 'fastapi\n',
      'api/main.py': FASTAPI,
    },
    [
      'setup: script/setup | . | script/setup package-lock.json package.json | node_modules',
      'api-python: python3 -m venv .venv && .venv/bin/pip install -r requirements.txt | api | api/requirements.txt | api/.venv',
    ],
  ],
  [
    'the script of Rails, where the database is a file',
    { ...RAILS_APP, 'config/database.yml': 'development:\n  adapter: sqlite3\n' },
    ['setup: bin/setup --skip-server | . | bin/setup Gemfile.lock Gemfile | '],
  ],
  [
    'a script of package.json that installs what lies below',
    {
      'package.json': packageJson([], { setup: 'cd web && npm install && cd ../api && npm install' }),
      'web/package.json': VITE,
      'api/package.json': packageJson(['express'], { dev: 'node server.js' }),
      'api/server.js': EXPRESS,
    },
    ['setup: npm run setup | . | package.json api/package.json web/package.json | api/node_modules web/node_modules'],
  ],
  [
    'a script that needs the packages and installs none',
    {
      'package.json': packageJson(['vite', 'prisma'], {
        dev: 'vite',
        setup: 'prisma generate && prisma migrate deploy',
      }),
      'prisma/schema.prisma': 'datasource db { provider = "sqlite" }',
    },
    [
      'npm: npm install | . | package.json | node_modules',
      'setup: npm run setup | . | package.json prisma/schema.prisma | ',
    ],
  ],
  [
    'a target of make',
    { Makefile: 'setup: deps\n\tmkdir -p tmp\ndeps:\n\tnpm install\n', 'package.json': VITE },
    ['setup: make setup | . | Makefile package.json | node_modules'],
  ],
];

test.each(OWN_SETUPS)('the setup of the repository itself is the step: %s', async (_, files, steps) => {
  expect(await stepsOf(files)).toEqual(steps);
});

test.each([
  ['#!/bin/sh\nbrew install watchman\nnpm install\n', 'bin/setup'],
  ['#!/bin/sh\ncp .env.example .env\nnpm install\n', 'bin/setup'],
  ['#!/bin/sh\nread -p "Your name? " name\n', 'bin/setup'],
  ['#!/bin/sh\n', 'bin/setup'],
  ['#!/bin/sh\nnpm install\nnpx prisma db seed\n', 'bin/setup'],
  [RUBY_SETUP, 'bin/setup --skip-server'],
])('a setup script that may do harm or wait is told of, and not run: %j', async (script, text) => {
  const { notes, setup } = await detectIn({ 'bin/setup': script, 'package.json': VITE });
  expect(notes).toContain(`\`${text}\` sets this repository up; \`setup\` has what was found without it.`);
  expect(setup.map(({ name }) => name)).toEqual(['npm']);
});
