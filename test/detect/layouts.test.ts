import { expect, test } from 'vitest';
import { detectIn, onlyServiceIn, packageJson } from './repository-of.ts';

const VITE = packageJson(['vite', 'react'], { dev: 'vite' });
const EXPRESS = "const express = require('express');\nexpress().listen(process.env.PORT || 5000);\n";
const FLASK = { 'api/app.py': 'from flask import Flask\napp = Flask(__name__)\n', 'api/requirements.txt': 'flask\n' };

async function overview(files: Parameters<typeof detectIn>[0]): Promise<readonly string[]> {
  const { services } = await detectIn(files);
  return services.map(({ name, cwd, developerCommand, port }) => `${name} | ${cwd} | ${developerCommand} | ${port}`);
}

test.each([
  ['backend', 'frontend'],
  ['server', 'client'],
  ['api', 'web'],
  ['services/orders', 'apps/shop'],
])('%s and %s are two services', async (back, front) => {
  const found = await overview({
    [`${back}/main.py`]: 'from fastapi import FastAPI\napp = FastAPI()\n',
    [`${back}/requirements.txt`]: 'fastapi\n',
    [`${front}/package.json`]: VITE,
  });
  expect(found).toEqual([
    `${back.split('/').at(-1)} | ${back} | uvicorn main:app --reload | 8000`,
    `${front.split('/').at(-1)} | ${front} | npm run dev | 5173`,
  ]);
});

test('a folder whose name is a command is called after what it holds', async () => {
  expect(await overview({ 'ui/package.json': VITE })).toEqual(['frontend | ui | npm run dev | 5173']);
});

test('concurrently is taken apart into the scripts it runs', async () => {
  const found = await overview({
    'package.json': packageJson(['express'], {
      server: 'nodemon backend/server.js',
      client: 'npm start --prefix frontend',
      dev: 'concurrently -n back,front "npm run server" "npm run client"',
    }),
    'backend/server.js': EXPRESS,
    'frontend/package.json': packageJson(['react-scripts'], { start: 'react-scripts start' }),
  });
  expect(found).toEqual(['back | . | npm run server | 5000', 'frontend | frontend | npm start | 3000']);
});

test('npm-run-all with a pattern is taken apart', async () => {
  const found = await overview({
    'package.json': packageJson(['express', 'vite'], {
      dev: 'run-p dev:*',
      'dev:api': 'node --watch server.js',
      'dev:web': 'vite',
    }),
    'server.js': EXPRESS,
  });
  expect(found).toEqual(['api | . | npm run dev:api | 5000', 'web | . | npm run dev:web | 5173']);
});

test('a root script for a Python server names the service that its files are', async () => {
  const found = await overview({
    'package.json': packageJson(['concurrently'], {
      dev: 'concurrently "python backend/app.py" "npm run dev --prefix web"',
    }),
    'backend/app.py':
      'from flask import Flask\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(port=5050)\n',
    'backend/requirements.txt': 'flask\n',
    'web/package.json': VITE,
  });
  expect(found).toEqual(['backend | backend | python app.py | 5050', 'web | web | npm run dev | 5173']);
});

test('turbo starts the dev script of every workspace', async () => {
  const found = await overview({
    'package.json': packageJson(
      ['turbo'],
      { dev: 'turbo run dev' },
      { workspaces: ['apps/*', 'packages/*'], packageManager: 'pnpm@9.0.0' },
    ),
    'apps/web/package.json': packageJson(['next'], { dev: 'next dev --port 3001' }),
    'apps/docs/package.json': packageJson(['next'], { dev: 'next dev' }),
    'packages/ui/package.json': packageJson(['typescript'], { dev: 'tsc --watch' }),
  });
  expect(found).toEqual(['docs | apps/docs | pnpm dev | 3000', 'web | apps/web | pnpm dev | 3001']);
});

test('an nx workspace has a service for each project that serves', async () => {
  const found = await overview({
    'package.json': packageJson(['nx', '@nestjs/core'], { 'start:api': 'nx serve api' }),
    'nx.json': {},
    'apps/api/project.json': { name: 'api', targets: { serve: { executor: '@nx/js:node' } } },
    'apps/api/src/main.ts':
      "import { NestFactory } from '@nestjs/core';\nconst app = await NestFactory.create(M);\nawait app.listen(process.env.PORT || 3333);\n",
    'apps/shop/project.json': { name: 'shop', targets: { serve: { executor: '@nx/angular:dev-server' } } },
    'libs/ui/project.json': { name: 'ui', targets: { build: { executor: '@nx/js:tsc' } } },
  });
  expect(found).toEqual(['api | . | npm run start:api | 3333', 'shop | . | npx nx serve shop | 4200']);
});

test('Procfile.dev gives the processes and their names', async () => {
  const found = await overview({
    'Procfile.dev':
      'web: bin/rails server -p 3100\ncss: yarn build:css --watch\njobs: bundle exec sidekiq\n# cache: redis-server\n',
    Procfile: 'web: bundle exec puma\n',
    Gemfile: 'gem "rails"\n',
    'bin/rails': '',
    'config/application.rb': '',
  });
  expect(found).toEqual([
    'web | . | bin/rails server | 3100',
    'css | . | yarn build:css --watch | null',
    'jobs | . | bundle exec sidekiq | null',
  ]);
});

test("composer's dev script gives Laravel's server, its workers and Vite", async () => {
  const { services } = await detectIn({
    'composer.json': {
      require: { 'laravel/framework': '^12' },
      scripts: {
        dev: [
          'npx concurrently -c "#fff" "php artisan serve" "php artisan queue:listen" "npm run dev" --names=server,queue,vite',
        ],
      },
    },
    artisan: '',
    'package.json': packageJson(['vite', 'laravel-vite-plugin'], { dev: 'vite' }),
  });
  expect(services.map(({ name, kind, health }) => ({ name, kind, health }))).toEqual([
    { name: 'server', kind: 'backend', health: null },
    { name: 'vite', kind: 'frontend', health: null },
    { name: 'queue', kind: 'worker', health: null },
  ]);
});

test('a documentation site beside the application is only noted', async () => {
  const { services, notes } = await detectIn({
    'web/package.json': VITE,
    'docs/package.json': packageJson(['@docusaurus/core'], { start: 'docusaurus start' }),
  });
  expect(services.map(({ name }) => name)).toEqual(['web']);
  expect(notes).toEqual([
    '`npm start` in `docs` starts docusaurus; it is not part of the application and was left out.',
  ]);
});

test.each([
  ['pnpm-lock.yaml', 'pnpm dev --port $PORT --strictPort'],
  ['yarn.lock', 'yarn dev --port $PORT --strictPort'],
  ['bun.lock', 'bun run dev --port $PORT --strictPort'],
  ['bun.lockb', 'bun run dev --port $PORT --strictPort'],
  ['package-lock.json', 'npm run dev -- --port $PORT --strictPort'],
])('with %s at the root a package below is started with that package manager', async (lock, command) => {
  const service = await onlyServiceIn({ [lock]: '{}', 'web/package.json': VITE });
  expect(service.command).toBe(command);
});

test('rival lock files are noted, and the documents decide', async () => {
  const { services, notes } = await detectIn({
    'yarn.lock': '',
    'package-lock.json': '{}',
    'package.json': VITE,
    'README.md': '```sh\nnpm install\nnpm run dev\n```\n',
  });
  expect(services[0]?.developerCommand).toBe('npm run dev');
  expect(notes).toEqual(['`yarn.lock`, `package-lock.json` lie side by side in the root; the commands use npm.']);
});

test.each([
  ['.venv/bin/python', '../.venv/bin/python'],
  ['api/venv/bin/python', 'venv/bin/python'],
  ['poetry.lock', 'poetry run python'],
  ['Pipfile', 'pipenv run python'],
  ['uv.lock', 'uv run python'],
  ['pdm.lock', 'pdm run python'],
])('with %s Python code in a folder is started with its environment', async (file, python) => {
  const service = await onlyServiceIn({ [file]: '', ...FLASK });
  expect(service.command).toBe(`${python} -m flask run --port $PORT`);
});

test("the README's command, found in a folder it changes to, is what developers are said to type", async () => {
  const service = await onlyServiceIn({
    ...FLASK,
    'README.md': '## Start\n```bash\ncd api\nflask run --port 5009 --debug\n```\n',
  });
  expect(service).toMatchObject({
    developerCommand: 'flask run --port 5009 --debug',
    port: 5009,
    portSource: 'README.md:4',
  });
});

test('where nothing else is known, the targets of the Makefile are taken', async () => {
  const service = await onlyServiceIn({
    Makefile: 'ADDRESS = 127.0.0.1\n\n.PHONY: serve\nserve:\n\tcd site && mkdocs serve\n',
    'site/index.md': '',
  });
  expect(service).toMatchObject({ developerCommand: 'make serve', port: 8000, confidence: 0.6 });
});

test('a script that reaches a Python server through make is that server', async () => {
  const found = await overview({
    'package.json': packageJson(['concurrently'], {
      serve: 'concurrently npm:serve:backend',
      'serve:backend': 'make run-engine',
    }),
    Makefile:
      'run-engine:\n\tcd src/backend \\\n\t\t&& gunicorn -c gunicorn_config.py --reload --bind 127.0.0.1:8090 app:app\n',
    'src/backend/app.py': 'from flask import Flask\napp = Flask(__name__)\n',
    'src/backend/gunicorn_config.py': '',
    'src/backend/requirements.txt': 'flask\n',
  });
  const command = 'gunicorn -c gunicorn_config.py --reload --bind 127.0.0.1:8090 app:app';
  expect(found).toEqual([`backend | src/backend | ${command} | 8090`]);
});
