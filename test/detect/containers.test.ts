import { expect, test } from 'vitest';
import { renderConfig } from '../../src/generate/config/render-config.ts';
import { detectIn, type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const SERVER = {
  'api/requirements.txt': 'fastapi\nuvicorn\n',
  'api/main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
};
const POSTGRES = 'image: postgres:16\n    ports: ["5433:5432"]';

function compose(...services: readonly string[]): string {
  return `services:\n${services.map((service) => `  ${service}\n`).join('')}`;
}

test('a published database is a container, and what its compose service needs is started before', async () => {
  const { services } = await detectIn({
    ...SERVER,
    'compose.yaml': compose(
      'api:\n    build: ./api\n    depends_on: [db]',
      `db:\n    ${POSTGRES}`,
      'cache:\n    image: redis\n    ports: ["6379:6379"]',
    ),
  });
  const [db, api] = ['db', 'api'].map((wanted) => services.find(({ name }) => name === wanted));
  expect(db).toMatchObject({
    command: 'docker compose up db',
    container: { service: 'db', files: [] },
    port: 5433,
    portSource: 'compose.yaml',
    dependsOn: [],
  });
  expect(api).toMatchObject({ container: null, dependsOn: ['db'] });
});

test.each([
  ['its address', 'DATABASE_URL=postgresql://shop@localhost:5433/shop'],
  ['its port', 'POSTGRES_PORT=5433'],
])('a server whose env file names %s starts after it', async (_, line) => {
  const { services } = await detectIn({
    ...SERVER,
    'api/.env.example': `${line}\n`,
    'compose.yaml': compose(`db:\n    ${POSTGRES}`),
  });
  expect(services.find(({ name }) => name === 'api')?.dependsOn).toEqual(['db']);
});

test('a URL without a port means the usual one of its scheme', async () => {
  const { services } = await detectIn({
    ...SERVER,
    'api/.env': 'REDIS_URL=redis://localhost/0\n',
    'compose.yaml': compose('cache:\n    image: redis\n    ports: ["6379:6379"]', `db:\n    ${POSTGRES}`),
  });
  expect(services.find(({ name }) => name === 'api')?.dependsOn).toEqual(['cache']);
});

const files: readonly [string, Readonly<Record<string, string>>, readonly string[]][] = [
  ['compose.yaml', { 'compose.yaml': POSTGRES }, []],
  ['a development file', { 'docker-compose-dev.yml': POSTGRES }, ['docker-compose-dev.yml']],
  [
    'a development file before the general one',
    { 'compose.yaml': 'image: mysql:8', 'compose.dev.yaml': POSTGRES },
    ['compose.dev.yaml'],
  ],
  ['one in a folder', { 'docker/docker-compose.yml': POSTGRES }, ['docker/docker-compose.yml']],
  [
    'a development file in a folder before the general one of the root',
    { 'compose.yaml': 'image: postgres:16', 'docker/docker-compose.dev.yml': POSTGRES },
    ['docker/docker-compose.dev.yml'],
  ],
  [
    'both where the development file only adds to the general one',
    { 'compose.yaml': 'image: postgres:16', 'compose.dev.yaml': 'ports: ["5433:5432"]' },
    ['compose.yaml', 'compose.dev.yaml'],
  ],
  [
    'what compose adds by itself',
    { 'compose.yaml': 'image: postgres:16', 'compose.override.yaml': 'ports: ["5433:5432"]' },
    [],
  ],
  ['.devcontainer', { '.devcontainer/docker-compose.yml': POSTGRES }, ['.devcontainer/docker-compose.yml']],
];

test.each(files)('its file is taken from %s', async (_, written, expected) => {
  const texts = Object.entries(written).map(([file, text]) => [file, compose(`db:\n    ${text}`)]);
  const { services } = await detectIn({ ...SERVER, ...Object.fromEntries(texts) });
  expect(services.find(({ name }) => name === 'db')).toMatchObject({
    container: { service: 'db', files: expected },
    port: 5433,
  });
});

const BUILT = 'build: ./api\n    depends_on: [db]\n    environment:\n';
const READS = (names: string): Files => ({
  'api/package.json': packageJson(['express'], { dev: 'node server.js' }),
  'api/server.js': `const { ${names} } = process.env;\nrequire('express')().listen(3000);\n`,
});

/** Where the address of the container is written for compose, and what the service is given outside of it. */
const REACHED: readonly (readonly [string, Files, string, Readonly<Record<string, string>>])[] = [
  [
    'a URL',
    READS('DATABASE_URL, MODE'),
    '      DATABASE_URL: postgres://me:word@db:5432/shop?x=1\n      MODE: production',
    { DATABASE_URL: 'postgres://me:word@localhost:$DB_PORT/shop?x=1' },
  ],
  [
    'a host with what goes with it, in a list',
    READS('PG_HOST, PG_USER, PG_PORT, OTHER'),
    `      - PG_HOST=db\n      - PG_USER=\${WHO:-me}\n      - PG_PORT=5432\n      - OTHER=x`,
    { PG_HOST: 'localhost', PG_USER: 'me' },
  ],
  [
    'a variable whose value is only called so',
    READS('DB_HOST, DB_DRIVER'),
    '      DB_HOST: db\n      CACHE_DRIVER: db',
    { DB_HOST: 'localhost' },
  ],
  [
    'an example of an env file',
    { ...READS('DATABASE_URL'), 'api/.env.example': 'DATABASE_URL=postgres://db/shop\n' },
    '      - OTHER=x',
    { DATABASE_URL: 'postgres://localhost:$DB_PORT/shop' },
  ],
  ['a variable that the code does not name', READS('OTHER'), '      DATABASE_URL: postgres://db/shop', {}],
  [
    'an env file that reaches it already',
    { ...READS('DATABASE_URL'), 'api/.env': 'DATABASE_URL=postgres://localhost:5433/shop\n' },
    '      DATABASE_URL: postgres://db/shop',
    {},
  ],
];

test.each(REACHED)('a service reaches its container from this machine: %s', async (_, files, environment, env) => {
  const yaml = compose(`db:\n    ${POSTGRES}`, `api:\n    ${BUILT}${environment}`);
  const { services } = await detectIn({ ...files, 'compose.yaml': yaml });
  expect(services.find(({ name }) => name === 'api')).toMatchObject({ env, dependsOn: ['db'] });
});

test('the port that a variable publishes is that of the env files', async () => {
  const { services } = await detectIn({
    ...SERVER,
    'env-example-document': 'DATABASE_PORT=27017\n',
    'env-example-relational': 'DATABASE_PORT=5432\n',
    'compose.yaml': compose(`db:\n    image: postgres:16\n    ports: ["\${DATABASE_PORT}:5432"]`),
  });
  expect(services.find(({ name }) => name === 'db')?.port).toBe(5432);
});

test('a container that publishes no port is left out and noted', async () => {
  const { services, notes } = await detectIn({ ...SERVER, 'compose.yaml': compose('db:\n    image: postgres:16') });
  expect(services.map(({ name }) => name)).toEqual(['api']);
  expect(notes).toContain(
    '`db` of `compose.yaml` publishes no port to this machine and was left out: only other containers reach it.',
  );
});

test('a repository that runs only as a whole in compose is one service, with the databases that it needs', async () => {
  const { services } = await detectIn({
    Dockerfile: 'FROM scratch\n',
    'compose.yaml': compose(
      'web:\n    build: .\n    ports: ["8080:80"]\n    depends_on: [worker, db]',
      'worker:\n    build: .',
      `db:\n    ${POSTGRES}`,
    ),
  });
  expect(services.map(({ name, container, port, dependsOn }) => ({ name, container, port, dependsOn }))).toEqual([
    { name: 'db', container: { service: 'db', files: [] }, port: 5433, dependsOn: [] },
    { name: 'web', container: { service: 'web', files: [] }, port: 8080, dependsOn: ['db'] },
  ]);
});

test('what runs only in compose and has several pages is a service for each, and what none needs is named', async () => {
  const { services, notes } = await detectIn({
    Dockerfile: 'FROM scratch\n',
    'compose.yaml': compose(
      'vote:\n    build: .\n    ports: ["8080:80"]',
      'result:\n    build: .\n    ports: ["8081:80"]',
      'worker:\n    build: .',
    ),
  });
  expect(services.map(({ name, port }) => `${name} ${port}`)).toEqual(['vote 8080', 'result 8081']);
  expect(notes).toEqual([
    '`worker` of `compose.yaml` publishes no port, and nothing that does depends on it: left out.',
  ]);
});

const TWO_SERVERS = {
  ...SERVER,
  'jobs/requirements.txt': 'fastapi\nuvicorn\n',
  'jobs/main.py': SERVER['api/main.py'],
};
const CACHE = 'cache:\n    image: redis\n    ports: ["6379:6379"]';

/** How the servers' images are built, and what `api` and `jobs` start after. */
const BUILDS: readonly (readonly [string, readonly string[], readonly (readonly string[])[]])[] = [
  [
    'of their folders',
    ['jobs:\n    build: jobs\n    depends_on: [cache]', 'api:\n    build: ./api\n    depends_on: [db]'],
    [['db'], ['cache']],
  ],
  ['of the root, which may be any of them', ['site:\n    build: .\n    depends_on: [db]'], [[], []]],
  [
    'of the root, each with a file of its own',
    [
      'jobs:\n    build: { context: ., dockerfile: jobs/docker/Dockerfile }\n    depends_on: [cache]',
      'api:\n    build: { context: ., dockerfile: api/Dockerfile }\n    depends_on: [db]',
    ],
    [['db'], ['cache']],
  ],
];

test.each(BUILDS)('servers whose images are built %s start after their own containers', async (_, built, expected) => {
  const yaml = compose(...built, `db:\n    ${POSTGRES}`, CACHE);
  const { services } = await detectIn({ ...TWO_SERVERS, 'compose.yaml': yaml });
  expect(['api', 'jobs'].map((wanted) => services.find(({ name }) => name === wanted)?.dependsOn)).toEqual(expected);
});

test('the only server is what is built of the root, wherever it lies', async () => {
  const yaml = compose('site:\n    build: .\n    depends_on: [db]', `db:\n    ${POSTGRES}`);
  const { services } = await detectIn({ ...SERVER, 'compose.yaml': yaml });
  expect(services.find(({ name }) => name === 'api')?.dependsOn).toEqual(['db']);
});

const MYSQL = 'image: mysql:9\n    ports: ["3306:3306"]';

test('databases to choose from are left out where no service is seen to use one', async () => {
  const compose2 = compose(`postgres:\n    ${POSTGRES}`, `mysql:\n    ${MYSQL}`);
  const { services, notes } = await detectIn({ ...SERVER, 'compose.yaml': compose2 });
  expect(services.map(({ name }) => name)).toEqual(['api']);
  expect(notes).toEqual([
    '`postgres` and `mysql` are databases to choose from, and no service was seen to use one: they were left out.',
  ]);
  const used = { ...SERVER, 'compose.yaml': compose2, '.env': 'DATABASE_URL=postgres://localhost:5433/shop\n' };
  expect((await detectIn(used)).services.map(({ name }) => name)).toEqual(['postgres', 'mysql', 'api']);
});

test('a container needs no server beside it to be proposed', async () => {
  const service = await onlyServiceIn({ 'compose.yaml': compose(`db:\n    ${POSTGRES}`) });
  expect(service.container).toEqual({ service: 'db', files: [] });
});

test('init writes it as a container', async () => {
  const names = { project: 'shop', aliases: 'shop', launcher: 'dev', emit: {} };
  const written = async (file: string): Promise<string> =>
    renderConfig({ ...(await detectIn({ [file]: compose(`db:\n    ${POSTGRES}`) })), guesses: [] }, names);
  expect(await written('compose.yaml')).toContain('  db:\n    container: db\n    port: 5433  # compose.yaml\n');
  expect(await written('docker/compose.dev.yml')).toContain(
    '  db:\n    container: { service: db, file: docker/compose.dev.yml }\n',
  );
});
