import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  endpointOf,
  serviceEnvironment,
  serviceEnvironmentReport,
  taskEnvironment,
} from '../../src/plan/environment.ts';
import { cleanShellEnvironment } from '../../src/plan/shell-environment.ts';
import { planOf, serviceOf } from './plans.ts';

const RUN = '0123456789abcdef0123456789abcdef';
const SERVICES = {
  backend: { command: 'x', port: 8000, env: { CORS_ORIGIN: '$FRONTEND_URL', LEVEL: 'config' } },
  frontend: { command: 'x', port: 5173, env: { VITE_API_URL: '$BACKEND_URL/v1' } },
  'web-worker': { command: 'x' },
};
const PORTS = new Map([
  ['backend', 8001],
  ['frontend', 5173],
  ['web-worker', null],
]);

interface Situation {
  readonly shell?: Readonly<Record<string, string>>;
  readonly dotenv?: Readonly<Record<string, string>>;
  readonly own?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly name?: keyof typeof SERVICES;
}

function requestFor({ shell = {}, dotenv = {}, own = {}, env, name = 'backend' }: Situation) {
  const services = env === undefined ? SERVICES : { ...SERVICES, backend: { ...SERVICES.backend, env } };
  const plan = planOf({ services }, { root: dotenv, services: { backend: { paths: [], variables: own } } });
  return { plan, root: '/srv/shop', service: serviceOf(plan, name), ports: PORTS, shellEnvironment: shell, runId: RUN };
}

function environmentFor(situation: Situation): Readonly<Record<string, string>> {
  return serviceEnvironment(requestFor(situation)).exported;
}

describe('serviceEnvironment', () => {
  test('is whole: own endpoint, those of all services, the tag, the defaults, and what the config says', () => {
    const { DEVGEN_EXPORTED, ...environment } = environmentFor({ shell: { HOME: '/root' } });
    expect(environment).toEqual({
      HOME: '/root',
      CORS_ORIGIN: 'http://localhost:5173',
      LEVEL: 'config',
      PORT: '8001',
      BACKEND_PORT: '8001',
      BACKEND_HOST: 'localhost',
      BACKEND_URL: 'http://localhost:8001',
      FRONTEND_PORT: '5173',
      FRONTEND_HOST: 'localhost',
      FRONTEND_URL: 'http://localhost:5173',
      FORCE_COLOR: '1',
      PYTHONUNBUFFERED: '1',
      BROWSER: 'none',
      [`DEVGEN_RUN_${RUN}`]: '1',
    });
    expect(Object.keys(JSON.parse(DEVGEN_EXPORTED ?? '')).sort()).toEqual(
      [
        'BACKEND_HOST',
        'BACKEND_PORT',
        'BACKEND_URL',
        'BROWSER',
        'FORCE_COLOR',
        'FRONTEND_HOST',
        'FRONTEND_PORT',
      ].concat(['FRONTEND_URL', 'PORT', 'PYTHONUNBUFFERED']),
    );
  });

  test('the shell wins over the service’s env files, and they over the config', () => {
    const layers = { env: { LEVEL: 'config' }, own: { LEVEL: 'own' }, shell: { LEVEL: 'shell' } };
    expect(environmentFor(layers).LEVEL).toBe('shell');
    expect(environmentFor({ ...layers, shell: {} }).LEVEL).toBe('own');
    expect(environmentFor({ env: { LEVEL: 'config' } }).LEVEL).toBe('config');
  });

  test('the root’s env files are not exported; the config may name what they set', () => {
    const request = requestFor({
      dotenv: { DATABASE: 'production', LEVEL: 'root', KEY: 'k' },
      env: { DB: '$DATABASE', LEVEL: 'config', MODE: `${'$'}{LEVEL:-x}` },
    });
    const { exported, named } = serviceEnvironment(request);
    expect(exported).toMatchObject({ DB: 'production', LEVEL: 'config', MODE: 'config' });
    expect(exported).not.toHaveProperty('DATABASE');
    expect(named).toEqual({ DATABASE: 'production', KEY: 'k', HOST: 'localhost', URL: 'http://localhost:8001' });
  });

  test('a definition in the config may take what a root’s env file says instead', () => {
    expect(environmentFor({ env: { LEVEL: `${'$'}{LEVEL:-config}` }, dotenv: { LEVEL: 'root' } }).LEVEL).toBe('root');
    expect(environmentFor({ env: { LEVEL: `${'$'}{LEVEL:-config}` } }).LEVEL).toBe('config');
  });

  test('no layer changes a port that devgen has decided', () => {
    const wrong = { PORT: '1', BACKEND_PORT: '1', FRONTEND_PORT: '2' };
    expect(environmentFor({ shell: wrong, dotenv: wrong, own: wrong, env: wrong })).toMatchObject({
      PORT: '8001',
      BACKEND_PORT: '8001',
      FRONTEND_PORT: '5173',
    });
  });

  test.each<[string, Situation]>([
    ['the shell', { shell: { FRONTEND_URL: 'https://x', FRONTEND_HOST: 'x' } }],
    ['an env file', { own: { FRONTEND_URL: 'https://x', FRONTEND_HOST: 'x' } }],
    ['the config', { env: { FRONTEND_URL: 'https://x', FRONTEND_HOST: 'x' } }],
  ])('a NAME_URL or NAME_HOST that %s sets is the user’s own', (_, situation) => {
    expect(environmentFor(situation)).toMatchObject({ FRONTEND_URL: 'https://x', FRONTEND_HOST: 'x' });
  });

  test('a NAME_URL that a root’s env file sets is left to the programs that read that file, and is what the config names', () => {
    const environment = environmentFor({ dotenv: { FRONTEND_URL: 'pg://x' }, env: { DB: '$FRONTEND_URL' } });
    expect(environment).toMatchObject({ DB: 'pg://x', FRONTEND_HOST: 'localhost' });
    expect(environment).not.toHaveProperty('FRONTEND_URL');
  });

  test('HOST and URL of the process are the user’s; in the config they are the service’s own', () => {
    const own = { HOST: 'db.internal', URL: 'https://shop.example', COPY: '$HOST' };
    expect(environmentFor({ own, env: { BASE: '$URL/v1', BIND: '$HOST' } })).toMatchObject({
      ...own,
      COPY: 'db.internal',
      BASE: 'http://localhost:8001/v1',
      BIND: 'localhost',
    });
    expect(environmentFor({ env: { HOST: '$HOST', URL: '$URL' } })).toMatchObject({
      HOST: 'localhost',
      URL: 'http://localhost:8001',
    });
  });

  test('the machine’s name, which some shells export as HOST, does not get through', () => {
    const environment = environmentFor({ shell: { HOST: 'x86_64-conda-linux-gnu', URL: 'u' } });
    expect(environment).not.toHaveProperty('HOST');
    expect(environment.URL).toBe('u');
  });

  test('a service without a port has no PORT, and a shell’s passes through', () => {
    expect(environmentFor({ name: 'web-worker' })).not.toHaveProperty('PORT');
    expect(environmentFor({ name: 'web-worker', shell: { PORT: '9' } }).PORT).toBe('9');
  });

  test('env files and the config may refer to one another, to the shell and to endpoints', () => {
    const environment = environmentFor({
      shell: { USER: 'me', DB_HOST: 'remote' },
      own: { DB_HOST: 'local', DB: 'pg://$USER@$DB_HOST', API: '$BACKEND_URL' },
      env: { FULL: '$DB/$API', PRICE: '$$5', OTHER: '\\$5 \\$DB' },
    });
    expect(environment).toMatchObject({
      DB: 'pg://me@remote',
      FULL: 'pg://me@remote/http://localhost:8001',
      PRICE: '$5',
      OTHER: '$5 $DB',
    });
  });

  test('in an env file a reference to what is not set stays as it is written; in the config it is empty', () => {
    const written = {
      PASSWORD: 'pa$w0rd',
      HASH: '$2b$10$N9qo8uLOickgx2',
      MUST: `${'$'}{NONE:?set it}`,
      OPEN: `a${'$'}{b`,
    };
    expect(environmentFor({ own: written })).toMatchObject(written);
    expect(environmentFor({ env: { PASSWORD: 'pa$w0rd' } }).PASSWORD).toBe('pa');
    const root = environmentFor({ dotenv: { PASSWORD: 'pa$w0rd' }, env: { DB: 'pg://$PASSWORD' } });
    expect(root.DB).toBe('pg://pa$w0rd');
  });

  test('a definition that refers to itself extends what the others give', () => {
    const environment = environmentFor({
      shell: { PATH: '/bin' },
      own: { OPTIONS: '--b' },
      env: { PATH: './bin:$PATH', OPTIONS: '--a $OPTIONS', NEW: 'x$NEW' },
    });
    expect(environment).toMatchObject({
      PATH: expect.stringMatching(/^\.\/bin:.*:\/bin$/),
      OPTIONS: '--a --b',
      NEW: 'x',
    });
  });

  test('definitions in a circle end, and are empty', () => {
    expect(environmentFor({ env: { A: '$B', B: '$A' } })).toMatchObject({ A: '', B: '' });
  });

  test('a text that is no expression, as a password may be, stays as it is', () => {
    expect(environmentFor({ env: { SECRET: 'a$' + '{b' } }).SECRET).toBe('a$' + '{b');
  });

  test('colours are left to the user who says something about them', () => {
    expect(environmentFor({ shell: { NO_COLOR: '1' } })).not.toHaveProperty('FORCE_COLOR');
    expect(environmentFor({ env: { FORCE_COLOR: '3' } }).FORCE_COLOR).toBe('3');
    expect(environmentFor({ shell: { FORCE_COLOR: '0', BROWSER: 'firefox' } })).toMatchObject({
      FORCE_COLOR: '0',
      BROWSER: 'none',
    });
    expect(environmentFor({ env: { BROWSER: 'firefox', PYTHONUNBUFFERED: '' } })).toMatchObject({
      BROWSER: 'firefox',
      PYTHONUNBUFFERED: '',
    });
  });

  test('the report names what is undefined and what must be set', () => {
    const report = serviceEnvironmentReport(
      requestFor({ env: { A: 'x$NONE', B: '$' + '{KEY:?get a key}', C: '$' + '{D:-d}' } }),
    );
    expect(report).toEqual({
      undefined: [{ variable: 'NONE', in: 'A' }],
      failures: [{ reason: 'missing', variable: 'KEY', message: 'get a key', in: 'B' }],
    });
  });
});

test('a task gets the endpoints of all services, none of its own, and nothing that is for output to a file', () => {
  const plan = planOf({ services: SERVICES, tasks: { e2e: { run: 'x', env: { BASE: '$FRONTEND_URL' } } } });
  const [task] = plan.tasks;
  if (task === undefined) throw new Error('no task');
  const { exported: environment } = taskEnvironment({
    ...{ plan, root: '/srv/shop', task, ports: PORTS },
    shellEnvironment: { PORT: '7' },
  });
  expect(environment).toMatchObject({ BASE: 'http://localhost:5173', BACKEND_PORT: '8001', PORT: '7' });
  for (const name of ['FORCE_COLOR', 'PYTHONUNBUFFERED', 'BROWSER']) expect(environment).not.toHaveProperty(name);
});

describe('cleanShellEnvironment', () => {
  test('takes out what make and devgen put there', () => {
    const dirty = {
      A: '1',
      MAKEFLAGS: 'x',
      MFLAGS: '',
      MAKELEVEL: '1',
      DEVGEN_RUN_x: '1',
      DEVGEN_EXPORTED: '{',
      B: undefined,
    };
    expect(cleanShellEnvironment(dirty)).toEqual({ A: '1' });
  });

  test('what one devgen exported is no wish of the user’s to another, unless it was changed since', () => {
    const exported = environmentFor({ shell: { HOME: '/root' } });
    const { BACKEND_PORT, PORT, FORCE_COLOR, ...rest } = cleanShellEnvironment({ ...exported, FRONTEND_PORT: '9999' });
    expect({ BACKEND_PORT, PORT, FORCE_COLOR }).toEqual({});
    expect(rest).toEqual({
      HOME: '/root',
      CORS_ORIGIN: 'http://localhost:5173',
      LEVEL: 'config',
      FRONTEND_PORT: '9999',
    });
  });

  test('never throws, whatever the mark', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (mark) => void cleanShellEnvironment({ DEVGEN_EXPORTED: mark })),
    );
  });
});

test.each([
  ['localhost', '/up', 'http://localhost:80'],
  ['0.0.0.0', '/up', 'http://localhost:80'],
  ['::1', '/up', 'http://[::1]:80'],
  ['[::1]', '/up', 'http://[::1]:80'],
  ['shop.localhost', 'https://shop.localhost/up', 'https://shop.localhost:80'],
])('a service on %s with the health check %s is reached at %s', (host, health, url) => {
  const plan = planOf({ services: { web: { command: 'x', port: 80, host, health } } });
  expect(endpointOf(serviceOf(plan, 'web'), 80)).toEqual({ host, port: 80, url });
});
