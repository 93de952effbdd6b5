import { expect, test } from 'vitest';
import { detectIn, type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const FLASK = 'from flask import Flask\napp = Flask(__name__)\n';

test('an application with nothing but a gunicorn.conf.py is served by gunicorn, on its port', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\ngunicorn\n',
    'gunicorn.conf.py': 'import os\nbind = "0.0.0.0:" + os.environ.get("PORT", "9100")\n',
    'shop.py': '',
    'wsgi.py': FLASK,
  });
  expect(service).toMatchObject({
    developerCommand: 'gunicorn wsgi:app',
    port: 9100,
    portSource: 'gunicorn.conf.py:2',
  });
  expect(service.command).toMatch(/-m gunicorn wsgi:app --reload --bind 127\.0\.0\.1:\$PORT$/);
});

test('without gunicorn among the requirements its file only says the port', async () => {
  const files = { 'requirements.txt': 'flask\n', 'uwsgi.ini': '[uwsgi]\nhttp = :9200\n', 'app.py': FLASK };
  expect(await onlyServiceIn(files)).toMatchObject({ developerCommand: 'flask run --debug', port: 9200 });
});

test('a written command goes before the configuration of another server', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\ngunicorn\n',
    'gunicorn.conf.py': 'bind = ":9100"\n',
    'README.md': '```sh\nflask run --port 5055\n```\n',
    'app.py': FLASK,
  });
  expect(service).toMatchObject({ developerCommand: 'flask run --port 5055', port: 5055 });
});

const CRATE: Files = {
  'Cargo.toml': '[package]\nname = "shop"\n[features]\nssr = []\n[dependencies]\naxum = "0.7"\n',
  'src/main.rs': 'fn main() { listen("127.0.0.1:3300") }\n',
};

test.each([
  ['cargo run --features ssr', 'cargo run --features ssr'],
  ['cargo run --no-default-features --features "ssr,hot"', 'cargo run --no-default-features --features ssr,hot'],
  ['cargo run -p other --features ssr', 'cargo run'],
  ['cargo run', 'cargo run'],
])('where the documents say `%s` the program is started with `%s`', async (documented, command) => {
  const service = await onlyServiceIn({ ...CRATE, 'README.md': `\`\`\`sh\n${documented}\n\`\`\`\n` });
  expect(service.developerCommand).toBe(command);
});

test('the window of a Tauri app is no service, and is said to be left out', async () => {
  const { services, notes } = await detectIn({
    'package.json': packageJson(['vite', 'vue', '@tauri-apps/cli'], { dev: 'vite', tauri: 'tauri' }),
    'index.html': '',
    'src-tauri/tauri.conf.json': { build: { devUrl: 'http://localhost:1420' } },
    'src-tauri/Cargo.toml': '[package]\nname = "shop"\n[dependencies]\ntauri = "2"\n',
  });
  expect(services).toEqual([]);
  expect(notes).toEqual(['the root is the window of a Tauri app, which `tauri dev` starts: it was left out.']);
});

test('a library that Vite builds for others is no service', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['vite', 'vue'], { dev: 'vite' }, { private: false, exports: './dist/x.js' }),
    'vite.config.ts': "export default { build: { lib: { entry: 'src/x.ts' } } };\n",
    'index.html': '',
  });
  expect(services).toEqual([]);
});

const EXPRESS = "const app = require('express')();\n";
const TASKS: readonly (readonly [string, Files])[] = [
  ['Taskfile', { 'Taskfile.yml': 'version: 3\ntasks:\n  dev:\n    cmds: [node lib/shop.js]\n' }],
  ['justfile', { justfile: 'dev:\n  node lib/shop.js\n' }],
  ['mise file', { 'mise.toml': '[tasks.dev]\nrun = "node lib/shop.js"\n' }],
];

test.each(TASKS)('a task of a %s that runs a file is a start when the file serves', async (_, task) => {
  const files = { ...task, 'package.json': packageJson(['express']), 'lib/shop.js': `${EXPRESS}app.listen(4130);\n` };
  expect((await onlyServiceIn(files)).port).toBe(4130);
  const { services } = await detectIn({ ...files, 'lib/shop.js': 'console.log(1);\n' });
  expect(services).toEqual([]);
});

test('the port that a Procfile falls back to is the one of its program', async () => {
  const service = await onlyServiceIn({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's, not JavaScript's
    Procfile: 'web: node shop.js --port ${PORT:-23301}\n',
    'package.json': packageJson(['express']),
    'shop.js': `${EXPRESS}app.listen(process.argv[3]);\n`,
  });
  expect(service.port).toBe(23301);
});

test('a documented `--port $PORT` does not hide the port in the source', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'fastapi\nuvicorn\n',
    'README.md': '```sh\nuvicorn main:app --port $PORT\n```\n',
    'main.py':
      'import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI()\nif __name__ == "__main__":\n    uvicorn.run(app, port=8188)\n',
  });
  expect(service.port).toBe(8188);
});

const ELECTRON: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, Files])[] = [
  ['its own program', ['vite', 'electron', 'electron-vite'], { dev: 'electron-vite dev' }, {}],
  [
    'a script beside Vite',
    ['vite', 'electron', 'concurrently', 'wait-on'],
    { dev: 'concurrently "vite" "wait-on http://localhost:5173 && electron ."' },
    {},
  ],
  [
    'a script of its own beside one for Vite',
    ['react-scripts', 'electron'],
    { start: 'react-scripts start', electron: 'electron .' },
    {},
  ],
  ['Vite, with a plug-in', ['vite', 'electron', 'vite-plugin-electron'], { dev: 'vite' }, {}],
  ['Electron Forge', ['vite', 'electron', '@electron-forge/cli'], { start: 'electron-forge start' }, {}],
  [
    'a file that starts Vite as well',
    ['vite', 'electron'],
    { dev: 'node dev.js' },
    { 'dev.js': "import { createServer } from 'vite';\ncreateServer({ server: { port: 4300 }, port: 4300 });\n" },
  ],
];

test.each(ELECTRON)(
  'the window of an Electron app that %s starts is no service',
  async (_, packages, scripts, files) => {
    const { services, notes } = await detectIn({
      'package.json': packageJson(packages, scripts, { main: 'electron/main.js' }),
      'index.html': '',
      ...files,
    });
    expect(services).toEqual([]);
    expect(notes).toContain('the root is the window of an Electron app, which its own scripts start: it was left out.');
  },
);

test('what the main process of an Electron app listens with is no service', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['electron', 'express'], { dev: 'electron .' }, { main: 'src/index.js' }),
    'src/index.js': `${EXPRESS}app.listen(4131);\n`,
  });
  expect(services).toEqual([]);
});

test('a server of the same package as an Electron app stays one', async () => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['electron', 'express'], { start: 'electron .', server: 'node server.js' }),
    'server.js': `${EXPRESS}app.listen(4131);\n`,
  });
  expect(service).toMatchObject({ command: 'npm run server', port: 4131 });
});

const EXPO = { start: 'expo start', android: 'expo run:android', web: 'expo start --web' };

test.each([
  ['Expo', packageJson(['expo', 'react-native'], EXPO)],
  ['React Native', packageJson(['react-native'], { start: 'react-native start' })],
])('an app of %s is left to its own tools where something else is there, and is a service alone', async (_, app) => {
  const { services, notes } = await detectIn({
    'mobile/package.json': app,
    'api/package.json': packageJson(['express'], { dev: 'node server.js' }),
    'api/server.js': `${EXPRESS}app.listen(4132);\n`,
  });
  expect(services.map(({ cwd }) => cwd)).toEqual(['api']);
  expect(notes).toContainEqual(
    expect.stringMatching(/in `mobile` starts \w+; the tools of its devices do that: it was/),
  );
  expect(await onlyServiceIn({ 'package.json': app })).toMatchObject({ developerCommand: 'npm start', port: 8081 });
});
