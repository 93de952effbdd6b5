import { expect, test } from 'vitest';
import { detectIn, type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const FLASK = 'flask --app shop run -p 4401';

/** The runner, its file, and what is typed. */
const RUNNERS: readonly (readonly [string, Files, string])[] = [
  ['Task', { 'Taskfile.yml': `version: '3'\ntasks:\n  dev:\n    cmds:\n      - ${FLASK}\n` }, 'task dev'],
  ['just', { justfile: `set dotenv-load\n\ndev port="1":\n    ${FLASK}\n` }, 'just dev'],
  ['mise', { 'mise.toml': `[tasks.dev]\nrun = "${FLASK}"\n` }, 'mise run dev'],
  ['poe', { 'pyproject.toml': `[tool.poe.tasks]\ndev = "${FLASK}"\n` }, 'poe dev'],
  ['taskipy', { 'pyproject.toml': `[tool.taskipy.tasks]\ndev = "${FLASK}"\n` }, 'task dev'],
  ['pdm', { 'pyproject.toml': `[tool.pdm.scripts]\ndev = { cmd = "${FLASK}" }\n` }, 'pdm run dev'],
  ['a script', { 'script/server': `#!/bin/sh\nset -e\nexec ${FLASK}\n` }, 'script/server'],
  ['make', { Makefile: `dev:\n\t${FLASK}\n` }, 'make dev'],
];

test.each(RUNNERS)('what a task of %s starts is found', async (_, files, typed) => {
  const service = await onlyServiceIn(files);
  expect(service).toMatchObject({ developerCommand: typed, port: 4401, confidence: 0.6 });
});

const PORTED = "require('express')().listen(process.env.PORT || 3000);\n";

/** The runner, and its file, which gives a command that runs a file its port. */
const GIVEN: readonly (readonly [string, Files])[] = [
  ['Task', { 'Taskfile.yml': "tasks:\n  dev:\n    env:\n      PORT: 4412\n    cmds: ['node shop.js']\n" }],
  ['Task, for all tasks', { 'Taskfile.yml': "env: { PORT: '4412' }\ntasks:\n  dev: node shop.js\n" }],
  [
    'Task, with a variable',
    {
      'Taskfile.yml': "vars: { AT: 4412 }\ntasks:\n  dev:\n    env: { PORT: '{{.AT}}' }\n    cmds: ['node shop.js']\n",
    },
  ],
  ['mise', { 'mise.toml': '[tasks.dev]\nenv = { PORT = 4412 }\nrun = "node shop.js"\n' }],
  ['mise, for all tasks', { 'mise.toml': '[env]\nPORT = "4412"\n[tasks.dev]\nrun = "node shop.js"\n' }],
  ['just', { justfile: 'export PORT := "4412"\n\ndev:\n  node shop.js\n' }],
  ['just, on the line', { justfile: 'port := "4412"\ndev:\n  PORT={{port}} node shop.js\n' }],
  ['just, in a parameter', { justfile: 'dev port="4412":\n  PORT={{port}} node shop.js\n' }],
  ['make', { Makefile: 'export PORT ?= 4412 # of developers\n\ndev:\n\tnode shop.js\n' }],
  ['make, for one target', { Makefile: 'dev: export PORT = 4412\ndev:\n\tnode shop.js\n' }],
  ['poe', { 'pyproject.toml': '[tool.poe.tasks.dev]\ncmd = "node shop.js"\nenv = { PORT = "4412" }\n' }],
  ['a script', { 'script/server': '#!/bin/sh\nexport PORT="4412"\nexec node shop.js\n' }],
];

test.each(GIVEN)('a file that a task of %s runs has the port that the task gives it', async (_, files) => {
  const service = await onlyServiceIn({ ...files, 'shop.js': PORTED });
  expect(service).toMatchObject({ port: 4412 });
});

test.each([
  ['a file', "if __name__ == '__main__':\n    app.run(port=os.getenv('PORT', 5000))\n", 'PORT', 'python shop.py'],
  ['Flask', '', 'FLASK_RUN_PORT', 'flask --app shop run'],
])('%s of Python has the port that its task gives it', async (_, main, variable, command) => {
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\n',
    'shop.py': `import os\nfrom flask import Flask\napp = Flask(__name__)\n${main}`,
    'Taskfile.yml': `tasks:\n  dev:\n    env: { ${variable}: 4413 }\n    cmds: ['${command}']\n`,
  });
  expect(service).toMatchObject({ developerCommand: command, port: 4413 });
});

test('a front end without a script is started as its task does it', async () => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['vite']),
    'index.html': '',
    justfile: 'dev:\n  npx vite --port 4407\n',
  });
  expect(service).toMatchObject({ command: 'npx vite --port $PORT', port: 4407, confidence: 0.9 });
});

test('a task of another task is followed', async () => {
  const service = await onlyServiceIn({
    'Taskfile.yml': `version: '3'\ntasks:\n  dev:\n    cmds:\n      - task: web\n  web: ${FLASK}\n`,
  });
  expect(service.port).toBe(4401);
});

test('a document alone makes a guess, and a single word in it is no command', async () => {
  const guess = await onlyServiceIn({ 'README.md': `\`\`\`sh\n${FLASK}\n\`\`\`\n` });
  expect(guess.confidence).toBeLessThan(0.5);
  expect((await detectIn({ 'README.md': 'The command `serve` is explained below.\n' })).services).toEqual([]);
});

test('a file that is sourced before a server stays before it', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\n',
    'shop.py': 'from flask import Flask\napp = Flask(__name__)\n',
    Makefile: 'run:\n\t. environment.sh && flask --app shop run -p 4402\n',
    'environment.sh': 'export KEY=1\n',
  });
  expect(service).toMatchObject({ command: '. ./environment.sh && python3 -m flask run --port $PORT', port: 4402 });
});

test('a virtual environment that is activated first is left to its own python', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\n',
    'shop.py': 'from flask import Flask\napp = Flask(__name__)\n',
    Makefile: 'run:\n\tsource venv/bin/activate && flask --app shop run -p 4403\n',
  });
  expect(service).toMatchObject({ command: 'python3 -m flask run --port $PORT', port: 4403 });
});

test('a branch of a parallel runner that is not known is noted', async () => {
  const { services, notes } = await detectIn({
    'package.json': packageJson(['vite', 'concurrently'], { dev: `concurrently "vite" "stripe listen"` }),
  });
  expect(services.map(({ framework }) => framework)).toEqual(['vite']);
  expect(notes).toEqual(['`stripe listen`, which a script of `package.json` runs beside the rest, was left out.']);
});

test('every line of a Procfile for development is taken but release', async () => {
  const { services } = await detectIn({
    'Procfile.dev': 'web: npx vite --port 4404\njs.1: yarn build --watch\nMail: mailcatcher -f\nrelease: migrate\n',
    'package.json': packageJson(['vite'], { build: 'esbuild app.js' }),
  });
  expect(services.map(({ name, kind, command }) => `${name} ${kind} ${command}`)).toEqual([
    'web frontend npx vite --port $PORT',
    'js-1 worker yarn build --watch',
    'mail worker mailcatcher -f',
  ]);
});

const WSGI = { 'wsgi.py': 'def application(environ, start_response):\n    ...\n' };

/** The line of the last resort, its other files, and what is proposed. */
const SERVED: readonly (readonly [string, string, Files, object])[] = [
  ['gunicorn and its usual file', 'gunicorn wsgi', { 'gunicorn.conf.py': 'bind = "0.0.0.0:4406"\n' }, { port: 4406 }],
  [
    'gunicorn and a file that reads the environment',
    'gunicorn -c deploy/gunicorn.py wsgi',
    { 'deploy/gunicorn.py': 'import os\nbind = f"0.0.0.0:{os.getenv(\'PORT\', 4407)}"\n' },
    { port: 4407, command: 'gunicorn -c deploy/gunicorn.py wsgi --bind 127.0.0.1:$PORT' },
  ],
  [
    'gunicorn and several addresses',
    'gunicorn wsgi',
    { 'gunicorn.conf.py': 'bind = ["127.0.0.1:4408", "[::1]:4409"]\n' },
    { port: 4408 },
  ],
  ['gunicorn', 'gunicorn wsgi', {}, { port: 8000 }],
  [
    'uWSGI and its file',
    'uwsgi etc/uwsgi.ini',
    { 'etc/uwsgi.ini': '[uwsgi]\nhttp-socket = :4410\n' },
    { port: 4410, command: 'uwsgi etc/uwsgi.ini' },
  ],
  ['uWSGI with an address', 'uwsgi --http :4411 -w wsgi', {}, { port: 4411, command: 'uwsgi --http :$PORT -w wsgi' }],
  ['waitress', 'waitress-serve wsgi:application', {}, { port: 8080 }],
  ['a program of its own', 'ruby serve.rb -p $PORT', { 'serve.rb': '' }, { port: 5000, kind: 'backend' }],
];

test.each(SERVED)('what serves in production is proposed where nothing else is: %s', async (_, line, files, wanted) => {
  expect(await onlyServiceIn({ ...WSGI, ...files, Procfile: `release: migrate\nweb: ${line}\n` })).toMatchObject(
    wanted,
  );
});

test('of a Procfile for production the processes beside the web are taken, less what a build makes', async () => {
  const { services } = await detectIn({
    Procfile: 'web: gunicorn shop:app\nclock: python clock.py\njobs: ./target/release/jobs\nrelease: migrate\n',
    'requirements.txt': 'flask\n',
    'shop.py': 'from flask import Flask\napp = Flask(__name__)\n',
    'clock.py': '',
  });
  expect(services.map(({ framework, kind, command }) => `${framework} ${kind} ${command}`)).toEqual([
    'flask backend python3 -m flask run --port $PORT',
    'process worker python clock.py',
  ]);
});

test('of a Procfile for production what listens on a socket file is left to compose', async () => {
  const { services } = await detectIn({
    Procfile:
      'web: ddtrace-run python -m gunicorn.app.wsgiapp -c conf.py shop:app\nuploads: gunicorn -b :9000 shop:app\njobs: celery -A shop worker\n',
    'conf.py': 'bind = "unix:/run/shop.sock"\n',
    'compose.yaml':
      'services:\n  base:\n    build: .\n    image: shop:here\n  web:\n    image: shop:here\n    ports: ["4415:8000"]\n  rake:\n    image: shop:here\n    ports: ["4416:80"]\n',
  });
  expect(services.map(({ name, command, port }) => `${name} ${command} ${port}`)).toEqual([
    'web docker compose up web 4415',
    'jobs celery -A shop worker null',
  ]);
});
