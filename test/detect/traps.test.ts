import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectServices } from '../../src/detect/detect.ts';
import { detectIn, type Files, onlyServiceIn, packageJson, repositoryOf } from './repository-of.ts';

const VITE = packageJson(['vite', 'react'], { dev: 'vite' });
const FASTAPI = 'from fastapi import FastAPI\napp = FastAPI()\n';

const NO_SERVICES: readonly (readonly [string, Files])[] = [
  ['a test watcher', { 'package.json': packageJson(['vitest', 'vite'], { dev: 'vitest', test: 'vitest run' }) }],
  ['a compiler', { 'package.json': packageJson(['typescript'], { dev: 'tsc --watch', start: 'tsc' }) }],
  [
    'a library build',
    { 'package.json': packageJson(['vite', 'react'], { dev: 'vite build --watch', build: 'vite build' }) },
  ],
  [
    'scripts that only lint',
    { 'package.json': packageJson(['eslint'], { lint: 'eslint .', format: 'prettier -w .' }) },
  ],
  ['a package without scripts', { 'package.json': { name: 'x' } }],
  ['a script that calls us back', { 'package.json': packageJson(['vite'], { dev: './dev' }), dev: '#!/bin/sh\n' }],
  [
    'a script that calls us back through make',
    { 'package.json': packageJson([], { dev: 'make dev' }), Makefile: 'dev:\n\t@./dev up\n' },
  ],
  ['a script that calls itself', { 'package.json': packageJson([], { dev: 'npm run start', start: 'npm run dev' }) }],
  [
    'a container',
    {
      'package.json': packageJson([], { dev: 'docker compose up' }),
      'docker-compose.yml': 'services:\n  app:\n    build: .\n',
    },
  ],
  ['a production server', { 'package.json': packageJson(['next'], { build: 'next build', preview: 'next start' }) }],
  ['a page test suite', { 'package.json': packageJson(['playwright'], { dev: 'playwright test --ui' }) }],
  [
    'an example folder',
    {
      'examples/react/package.json': VITE,
      'e2e/package.json': VITE,
      'sample-apps/a/package.json': VITE,
      '_examples/a/package.json': VITE,
    },
  ],
  [
    'a library that shows itself on a server of files',
    {
      'package.json': packageJson(['@web/dev-server', 'lit'], { start: 'web-dev-server' }, { exports: './dist/x.js' }),
    },
  ],
  [
    'a command that takes its arguments apart and listens for a moment',
    {
      'package.json': packageJson(
        ['yargs'],
        { start: 'node .', 'start:dev': 'npm run build && node .' },
        { name: '@shop/tunnel', bin: { tunnel: 'bin/index.js' }, main: 'lib/index.js' },
      ),
      'src/index.ts': "import yargs from 'yargs';\nimport open from './open.js';\nyargs().command(open).parse();\n",
      'src/open.ts': "import http from 'node:http';\nexport default () => http.createServer().listen(9000);\n",
    },
  ],
  [
    'the server of a package of tests',
    {
      'packages/shop-tests/package.json': packageJson(['express'], { start: 'node .' }),
      'packages/shop-tests/index.js': "require('express')().listen(8081)",
    },
  ],
  [
    'a sandbox of a library',
    {
      'package.json': { name: 'lib', exports: './index.js', scripts: { start: 'node sandbox/server.js' } },
      'sandbox/server.js': "require('http').createServer().listen(3000)",
    },
  ],
  [
    'express as a tool',
    { 'package.json': packageJson(['express']), 'scripts/mock.js': "require('express')().listen(1)" },
  ],
  [
    'flask-cors without flask',
    { 'requirements.txt': 'flask-cors\n# flask\n', 'main.py': '# app = Flask(__name__)\nprint("Flask(")\n' },
  ],
  ['a test of an application', { 'requirements.txt': 'fastapi\n', 'test_app.py': FASTAPI, 'tests/main.py': FASTAPI }],
  ['a class library', { 'Domain/Domain.csproj': '<Project Sdk="Microsoft.NET.Sdk" />' }],
  [
    'a Go command line tool',
    { 'go.mod': 'module x\n', 'main.go': 'package main\n// http.ListenAndServe\nfunc main() {}\n' },
  ],
  [
    'a Go plug-in with a router',
    { 'go.mod': 'module x\n', 'server/main.go': 'package main\nfunc main() { mux.NewRouter() }\n' },
  ],
  [
    'a command line tool that listens for a moment',
    {
      'tools/cli/package.json': { ...packageJson([], { dev: 'node login.js' }), name: '@shop/cli', bin: './login.js' },
      'tools/cli/login.js': "require('http').createServer().listen(4301)",
    },
  ],
  [
    'a tool that listens for the answer of a sign-in, run from its source',
    {
      'package.json': {
        ...packageJson([], { dev: 'tsx watch src/main.ts' }),
        name: 'shop',
        bin: { shop: './dist/main.js' },
      },
      'src/main.ts': "import { signIn } from './sign-in.ts';\nsignIn();\n",
      'src/sign-in.ts':
        "import http from 'node:http';\nexport const signIn = () => http.createServer().listen(4301);\n",
    },
  ],
  [
    'a .NET library that is built like a web project',
    {
      'Shop.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><OutputType>Library</OutputType></PropertyGroup></Project>',
    },
  ],
  ['a Rust library', { 'Cargo.toml': '[package]\nname = "x"\n[dependencies]\naxum = "0.7"\n', 'src/lib.rs': '' }],
];

test.each(NO_SERVICES)('%s is no service', async (_, files) => {
  expect((await detectIn(files)).services).toEqual([]);
});

test('a manage.py of another framework is not Django', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\n',
    'manage.py': 'from app import create_app\napp = create_app()\n',
    'app/__init__.py': 'from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n    return app\n',
  });
  expect(service.framework).toBe('flask');
});

test('an application made by a factory with arguments is started from the file that calls it', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\n',
    'shop.py': 'from app import create_app\napp = create_app("dev")\n',
    'app/__init__.py': 'from flask import Flask\ndef create_app(config):\n    app = Flask(__name__)\n    return app\n',
  });
  expect(service.developerCommand).toBe('flask --app shop run --debug');
});

test('a requirements file in UTF-16 is read', async () => {
  const { evidence } = await onlyServiceIn({
    'requirements.txt': Buffer.from('\uFEFFFlask==3.0.0\r\n', 'utf16le'),
    'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  });
  expect(evidence).toContainEqual({ file: 'requirements.txt', line: null, says: 'requires flask' });
});

test('a byte order mark before JSON does no harm', async () => {
  const service = await onlyServiceIn({ 'package.json': `\uFEFF${JSON.stringify(VITE)}` });
  expect(service.port).toBe(5173);
});

test('a root script that is really the frontend is reported once, where the frontend lives', async () => {
  const service = await onlyServiceIn({
    'package.json': packageJson([], { dev: 'npm run dev --prefix frontend' }),
    'frontend/package.json': VITE,
  });
  expect(service).toMatchObject({ name: 'frontend', cwd: 'frontend', developerCommand: 'npm run dev' });
});

test('arguments that an outer script adds are not lost', async () => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['express', 'ts-node'], {
      dev: 'nodemon --exec yarn run-ts backend/app.ts',
      'run-ts': 'ts-node -T',
    }),
    'yarn.lock': '',
    'backend/app.ts': "import express from 'express';\nexpress().listen(3001);\n",
  });
  expect(service).toMatchObject({ command: 'yarn dev', port: 3001 });
});

test('of two applications in one folder the one with the usual name is taken', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'fastapi\n',
    'app/__init__.py': '',
    'app/main.py': FASTAPI,
    'minimal_demo.py': FASTAPI,
  });
  expect(service.developerCommand).toBe('uvicorn app.main:app --reload');
});

test('a port in a comment does not count', async () => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['express'], { dev: 'node server.js' }),
    'server.js':
      "const app = require('express')();\n// app.listen(9999);\n/* app.listen(9998) */\nconst PORT = 4100;\napp.listen(PORT);\n",
  });
  expect(service).toMatchObject({ port: 4100, portSource: 'server.js:5' });
});

test('the port of a database container never becomes the port of the application', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['fastify'], { dev: 'node server.js' }),
    'server.js': "import f from 'fastify';\nf().listen({ port: 3000 });\n",
    'docker-compose.yml': 'services:\n  db:\n    image: mysql:8\n    ports: ["3307:3306"]\n',
  });
  expect(services.map(({ name, kind, port }) => ({ name, kind, port }))).toEqual([
    { name: 'db', kind: 'database', port: 3307 },
    { name: 'backend', kind: 'backend', port: 3000 },
  ]);
});

test('a process whose name is a verb of ours gets another one', async () => {
  const { services } = await detectIn({ 'Procfile.dev': 'logs: php artisan queue:work\n' });
  expect(services.map(({ name }) => name)).toEqual(['worker']);
});

test('broken manifests are said in a note and the rest is found', async () => {
  const { services, notes } = await detectIn({
    'package.json': '{ "scripts": { ',
    'docker-compose.yml': 'services: [\n',
    'web/package.json': VITE,
  });
  expect(services.map(({ cwd }) => cwd)).toEqual(['web']);
  expect(notes.map((note) => note.split(' could not')[0])).toEqual(['`package.json`', '`docker-compose.yml`']);
});

test('links that run in circles or out of the repository are not followed', async () => {
  const root = repositoryOf({ 'package.json': VITE });
  const outside = repositoryOf({ 'package.json': VITE });
  symlinkSync('.', join(root, 'loop'));
  symlinkSync(outside, join(root, 'api'));
  symlinkSync('nowhere', join(root, 'broken'));
  const { services } = await detectServices(root);
  expect(services.map(({ cwd }) => cwd)).toEqual(['.']);
});

test('a repository of very many files is no trouble', async () => {
  const root = repositoryOf({ 'package.json': VITE, 'data.txt': '' });
  for (let folder = 0; folder < 200; folder++) {
    mkdirSync(join(root, `data/part${folder}`), { recursive: true });
    for (let file = 0; file < 100; file++)
      linkSync(join(root, 'data.txt'), join(root, `data/part${folder}/${file}.txt`));
  }
  expect((await detectServices(root)).services).toHaveLength(1);
});

test('a file of many megabytes is read only in part', async () => {
  const { services } = await detectIn({
    'app.py': `from flask import Flask\napp = Flask(__name__)\n${'# filler\n'.repeat(1_000_000)}`,
    'web/package.json': VITE,
  });
  expect(services.some(({ cwd }) => cwd === 'web')).toBe(true);
});

test('an empty folder has no services and no notes', async () => {
  expect(await detectIn({})).toEqual({ services: [], setup: [], migrations: [], notes: [] });
});

test('a program whose values refer to one another in very many ways is looked at once', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `v${index}`);
  const others = (index: number): string =>
    names
      .map((name) => `${name}.x`)
      .filter((_, other) => other !== index)
      .join(' || ');
  const source = names.map((name, index) => `const ${name} = { x: ${others(index)} };`).join('\n');
  const startedAt = performance.now();
  const service = await onlyServiceIn({
    'package.json': packageJson(['express'], { dev: 'node server.js' }),
    'server.js': `${source}\nrequire('express')().listen(v0.x || 4200);\n`,
  });
  expect(service.port).toBe(4200);
  expect(performance.now() - startedAt).toBeLessThan(6000);
});

test.each(['fetch(a);\n', 'export default\n', 'serve<', `serve${' '.repeat(1000)}`])(
  'a program of 400 KB of `%s` is read in seconds of work',
  async (piece) => {
    const source = piece.repeat(400_000 / piece.length);
    const before = process.cpuUsage();
    await detectIn({
      'package.json': packageJson(['express'], { dev: 'node server.js' }),
      'server.js': `require('./more.js');\nrequire('express')().listen(4300);\n`,
      'more.js': source,
    });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(3000);
  },
);

/** What repeats in a file, and the files around it. */
const REPEATED: readonly (readonly [string, string, Files])[] = [
  ['from a import (\n', 'more.py', { 'main.py': `${FASTAPI}from more import a\n`, 'requirements.txt': 'fastapi\n' }],
  ["Route::get('/a'\n", 'routes/web.php', { artisan: '', 'composer.json': {} }],
  ['def call(', 'lib/a.ex', { 'mix.exs': '{:phoenix, "~> 1.7"}' }],
  ['onSuccess: ', 'tsup.config.ts', { 'package.json': packageJson(['tsup'], { dev: 'tsup' }) }],
  [
    'root:',
    'vite.config.js',
    { 'package.json': packageJson(['vite'], { dev: 'vite' }, { private: false, exports: 'x' }) },
  ],
  ['a-', 'justfile', {}],
  ['A =      #', 'Makefile', {}],
];

test.each(REPEATED)('400 KB of `%s` in %s take seconds of work at most', async (piece, path, files) => {
  const before = process.cpuUsage();
  await detectIn({ ...files, [path]: `dev ${piece.repeat(400_000 / piece.length)}:` });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(3000);
});

test('what an earlier run wrote is no evidence', async () => {
  const server = "require('express')().listen(4300);\n";
  const files = { 'package.json': packageJson(['express'], { dev: 'node server.js' }), 'server.js': server };
  const guide =
    '# Shop\n\n<!-- >>> devgen >>> -->\n- **api**: `uvicorn main:app --port 9000`\n\n    uvicorn main:app --port 9000\n<!-- <<< devgen <<< -->\n';
  const makefile = '# >>> devgen >>>\ndev:\n\tuvicorn main:app --port 9000\n# <<< devgen <<<\n';
  const { services } = await detectIn({ ...files, 'DEVELOPMENT.md': guide, Makefile: makefile });
  expect(services).toEqual((await detectIn(files)).services);
});
